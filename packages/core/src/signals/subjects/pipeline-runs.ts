import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { followerShowsNoCode, shownByLead } from '../../reads/repositories.ts';
import { readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';

const dayMs = 86_400_000;
const daysAtOnce = 5;
const commitsAtOnce = 500;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  repositoryExternalId: z.string(),
  name: z.string(),
  result: z.string(),
  sha: z.string().nullable(),
  queuedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number(),
  /** Of the source that shows the code, where another one shows the run. */
  codeSource: z.string(),
  codeRepository: z.string(),
});

/** A run that ended in success or failure. */
export type EndedRun = z.infer<typeof rowSchema>;

/**
 * Returns the runs that ended in success or failure within some days before the instant of the pass, in
 * the order in which they were begun: who began later looked at newer code. What the leading source of a
 * repository shows too counts once.
 */
export async function loadEndedRuns(
  { read, now }: SubjectContext,
  days: number,
): Promise<EndedRun[]> {
  const { workspaceId, store } = read;
  const found: EndedRun[] = [];
  for (let until = now; until > now - days * dayMs; until -= daysAtOnce * dayMs) {
    const from = Math.max(until - daysAtOnce * dayMs, now - days * dayMs);
    const rows = await readRows(
      store.read,
      rowSchema,
      Object.keys(rowSchema.shape),
      sql`select f.id, f.source, f.external_id as "externalId",
          f.repository_external_id as "repositoryExternalId", f.name, f.result, f.sha,
          f.queued_at as "queuedAt", f.started_at as "startedAt", f.finished_at as "finishedAt",
          coalesce(l.lead_source, f.source) as "codeSource",
          coalesce(l.lead_repository_external_id, f.repository_external_id) as "codeRepository"
        from pipeline_runs f
        left join repository_leads l on l.workspace_id = f.workspace_id and l.source = f.source
          and l.repository_external_id = f.repository_external_id
        where f.workspace_id = ${workspaceId} and f.finished_at > ${from} and f.finished_at <= ${until}
          and f.result in ('success', 'failure') and ${countsOnce(workspaceId)}`,
    );
    for (const row of rows) found.push(row);
    await yieldToEventLoop();
  }
  return found.toSorted(
    (one, other) =>
      begunAt(one) - begunAt(other) ||
      one.finishedAt - other.finishedAt ||
      (one.id < other.id ? -1 : 1),
  );
}

/** A run that is started again keeps when it was first asked for, and so its place among the others. */
function begunAt({ queuedAt, startedAt, finishedAt }: EndedRun): number {
  return queuedAt ?? startedAt ?? finishedAt;
}

/** As figures of runs count them. */
function countsOnce(workspaceId: string) {
  return sql`(f.source, f.repository_external_id) not in (
      select follower.source, follower.repository_external_id from repository_leads follower
      where follower.workspace_id = ${workspaceId} and not ${followerShowsNoCode} and exists (
        select 1 from pipeline_runs counted where counted.workspace_id = follower.workspace_id
          and counted.source = follower.lead_source
          and counted.repository_external_id = follower.lead_repository_external_id))
    and ((f.source, f.repository_external_id) not in (
        select source, repository_external_id from delivery_followers
        where workspace_id = ${workspaceId} and kind = 'pipeline_run')
      or not ${shownByLead('pipeline_run', 'f')})`;
}

/** Which commits are of the default branch of their repository; each is looked up once. */
export interface DefaultBranch {
  /** Looks up those of runs that are not known yet. */
  learn(runs: readonly EndedRun[]): Promise<void>;
  has(run: EndedRun): boolean;
}

/** Returns what tells the runs of default branches from others, within one pass. */
export function createDefaultBranch({ read }: SubjectContext): DefaultBranch {
  const known = new Map<string, boolean>();
  return {
    has: (run) => known.get(commitKey(run)) ?? false,
    async learn(runs) {
      const asked = new Map<string, EndedRun>();
      for (const run of runs) {
        const key = commitKey(run);
        if (run.sha !== null && !known.has(key)) asked.set(key, run);
      }
      const wanted = [...asked];
      for (let start = 0; start < wanted.length; start += commitsAtOnce) {
        const some = wanted.slice(start, start + commitsAtOnce);
        for (const [key] of some) known.set(key, false);
        const rows = await readRows(
          read.store.read,
          z.object({ at: z.number() }),
          ['at'],
          defaultOnes(
            read.workspaceId,
            some.map(([, run]) => run),
          ),
        );
        for (const { at } of rows) known.set(some[at]?.[0] ?? '', true);
        await yieldToEventLoop();
      }
    },
  };
}

function commitKey({ codeSource, codeRepository, sha }: EndedRun): string {
  return `${keyOf(codeSource, codeRepository)}\n${sha ?? ''}`;
}

/**
 * The places, in a list of runs, of those on the default branch: on what a merge to it made, or on a
 * commit of its history that no pull request brought there, because what ran on that one ran on its own
 * branch. A run that names its branch needs none of this: that is one more condition here, before these.
 */
function defaultOnes(workspaceId: string, runs: readonly EndedRun[]) {
  const asked = JSON.stringify(
    runs.map(({ codeSource, codeRepository, sha }) => [codeSource, codeRepository, sha]),
  );
  return sql`select asked.at from (
      select key as at, json_extract(value, '$[0]') as source,
        json_extract(value, '$[1]') as repository, json_extract(value, '$[2]') as sha
      from json_each(${asked})) asked
    left join repositories r on r.workspace_id = ${workspaceId} and r.source = asked.source
      and r.external_id = asked.repository
    where exists (select 1 from pull_requests m where m.workspace_id = ${workspaceId}
        and m.merge_sha = asked.sha and m.source = asked.source
        and m.repository_external_id = asked.repository
        and coalesce(m.base_ref = r.default_branch, 1))
      or (exists (select 1 from commits c where c.workspace_id = ${workspaceId}
          and c.source = asked.source and c.repository_external_id = asked.repository
          and c.sha = asked.sha)
        and not exists (select 1 from pull_request_commits l where l.workspace_id = ${workspaceId}
          and l.source = asked.source and l.repository_external_id = asked.repository
          and l.sha = asked.sha))`;
}
