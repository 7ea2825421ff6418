import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { RepositorySubject } from '../../domain/signal-subjects/team-subject.ts';
import { readColumns } from '../../store/json-columns.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type KnownRepository, type SubjectContext } from '../subject-context.ts';
import { type CommitWork, loadCommitWork } from './commit-work.ts';
import { countOld, type DependencyUpdate, loadDependencyUpdates } from './dependency-updates.ts';
import { lastFullWeeks, type Weeks } from './full-weeks.ts';
import type { SubjectLoader } from './subject-source.ts';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
const mergedWeeks = 26;
const leadTimeWeeks = 12;
const weeksAtOnce = 2;
const mostEvidence = 2_000;

interface Merge {
  id: string;
  mergedAt: number;
  leadTimeMs: number | null;
}

/** Returns every repository that counts, by source and id, with its last weeks. Daily rules look at it. */
export const loadRepositories: SubjectLoader<'repository'> = async (context) => {
  const followers = await context.followers();
  const weeks = lastFullWeeks(context, mergedWeeks);
  const merges = await loadMerges(context, weeks);
  const updates = await loadDependencyUpdates(context);
  const commits = await loadCommitWork(context);
  const ids = await loadIds(context);
  const subjects: RepositorySubject[] = [];
  for (const [key, repository] of await context.repositories()) {
    if (followers.has(key)) continue;
    subjects.push(
      toSubject(context, weeks, {
        key,
        id: ids.get(key) ?? key,
        repository,
        merges: merges.get(key) ?? [],
        updates: updates.get(key) ?? [],
        commits: commits.get(key) ?? null,
      }),
    );
    if (subjects.length % 20 === 0) await yieldToEventLoop();
  }
  return subjects.toSorted((one, other) => (one.id < other.id ? -1 : 1));
};

async function loadIds({ read }: SubjectContext): Promise<Map<string, string>> {
  const rows = await queryTuples<[string, string, string]>(
    read.store.read,
    sql`select source, external_id, id from repositories where workspace_id = ${read.workspaceId}`,
  );
  return new Map(rows.map(([source, externalId, id]) => [keyOf(source, externalId), id]));
}

const mergeSchema = z.tuple([z.string(), z.string(), z.string(), z.number()]);

/** Pull requests of people by repository, the earliest first; what programs merge follows other laws. */
async function loadMerges(
  context: SubjectContext,
  { starts, currentStart }: Weeks,
): Promise<Map<string, Merge[]>> {
  const { read, now } = context;
  const found = new Map<string, Merge[]>();
  const bounds = [...starts.filter((_, position) => position % weeksAtOnce === 0), currentStart];
  for (const [position, from] of bounds.entries()) {
    const until = bounds[position + 1] ?? now + 1;
    const columns = await readColumns(
      read.store.read,
      ['id', 'source', 'repository', 'mergedAt', 'leadTimeMs'],
      sql`select f.pull_request_id as id, f.source, f.repository_external_id as repository,
          f.merged_at as "mergedAt", f.first_commit_to_merge_ms as "leadTimeMs"
        from pull_request_facts f where f.workspace_id = ${read.workspaceId}
          and f.merged_at >= ${from} and f.merged_at < ${until} and f.author_is_bot = 0
        order by f.merged_at, f.pull_request_id`,
    );
    const [ids = [], sources = [], repositories = [], instants = [], leadTimes = []] = columns;
    for (const [row, id] of ids.entries()) {
      const [mergeId, source, repository, mergedAt] = mergeSchema.parse([
        id,
        sources[row],
        repositories[row],
        instants[row],
      ]);
      const key = keyOf(source, repository);
      const leadTime = leadTimes[row];
      const merge = {
        id: mergeId,
        mergedAt,
        leadTimeMs: typeof leadTime === 'number' ? leadTime : null,
      };
      const known = found.get(key);
      if (known === undefined) found.set(key, [merge]);
      else known.push(merge);
    }
    await yieldToEventLoop();
  }
  return found;
}

interface RepositoryRows {
  key: string;
  id: string;
  repository: KnownRepository;
  merges: readonly Merge[];
  updates: readonly DependencyUpdate[];
  commits: CommitWork | null;
}

function toSubject(
  context: SubjectContext,
  weeks: Weeks,
  { key, id, repository, merges, updates, commits }: RepositoryRows,
): RepositorySubject {
  const [source = ''] = key.split('\n');
  const asOf = context.asOf(source);
  const leadTimesFrom = weeks.currentStart - leadTimeWeeks * weekMs;
  const timed = merges.filter(
    ({ mergedAt, leadTimeMs }) => mergedAt >= leadTimesFrom && leadTimeMs !== null,
  );
  const inWeeks = merges.filter(({ mergedAt }) => mergedAt < weeks.currentStart);
  return {
    id,
    key: repository.name,
    title: null,
    repository: repository.name,
    source,
    fullName: repository.fullName,
    teamId: repository.teamId,
    asOf,
    evidence: [id],
    mergedPerWeek: perWeek(inWeeks, weeks),
    mergeEvidence: inWeeks.slice(-mostEvidence).map((merge) => merge.id),
    leadTimeValues: timed.map((merge) => ({
      at: merge.mergedAt,
      hours: (merge.leadTimeMs ?? 0) / hourMs,
      id: merge.id,
    })),
    openDependencyUpdates: updates.length,
    oldDependencyUpdates: countOld(updates, asOf),
    dependencyUpdates: [...updates],
    commitCount: commits?.count ?? null,
    commitsSince: commits?.since ?? null,
    commitWeekCount: commits?.weekCount ?? null,
    commitEvidence: commits?.ids ?? [],
    authorCount: commits?.authorCount ?? null,
    largestAuthorShare: commits?.largestShare ?? null,
  };
}

/**
 * The week in which the first merge came that is known was not seen whole, and those before it may not
 * have been seen at all.
 */
function perWeek(
  merges: readonly Merge[],
  { starts, currentStart }: Weeks,
): RepositorySubject['mergedPerWeek'] {
  const first = merges[0]?.mergedAt ?? currentStart;
  return starts.flatMap((start, position) => {
    if (start <= first) return [];
    const end = starts[position + 1] ?? currentStart;
    const value = merges.filter(({ mergedAt }) => mergedAt >= start && mergedAt < end).length;
    return [{ start, value, sampleSize: value }];
  });
}
