import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { dayOf } from '../../calendar/local-time.ts';
import type { PipelineJobSubject } from '../../domain/signal-subjects/pipeline-subject.ts';
import { readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { keyText } from './key-text.ts';
import { loadEndedRuns } from './pipeline-runs.ts';
import type { SubjectLoader } from './subject-source.ts';

const dayMs = 86_400_000;
const daysRead = 14;
const daysAtOnce = 2;
/** So many commits are named, and one more: then it shows that there are more. */
const mostCommits = 400;

const jobSchema = z.object({
  id: z.string(),
  source: z.string(),
  repositoryExternalId: z.string(),
  runExternalId: z.string(),
  runId: z.string(),
  /** The pipeline that it is of. */
  pipeline: z.string(),
  name: z.string(),
  result: z.string(),
  sha: z.string().nullable(),
  finishedAt: z.number(),
});

interface EndedJob {
  id: string;
  /** The row of the run that it was part of; its own where it is a run. */
  runId: string;
  source: string;
  repositoryExternalId: string;
  codeKey: string;
  pipeline: string;
  name: string;
  result: string;
  sha: string | null;
  finishedAt: number;
}

/**
 * Returns every job that ended in the last fourteen days, and every pipeline of whose runs no jobs are
 * read, by source, repository and name.
 */
export const loadPipelineJobs: SubjectLoader<'pipeline_job'> = async (context) => {
  const followers = await context.followers();
  const runs = await loadEndedRuns(context, daysRead);
  const jobs = (await loadJobs(context)).filter(
    ({ source, repositoryExternalId }) => !followers.has(keyOf(source, repositoryExternalId)),
  );
  await yieldToEventLoop();
  const withJobs = new Set(jobs.map(({ source, runExternalId }) => keyOf(source, runExternalId)));
  const pipelinesWithJobs = new Set(
    runs
      .filter(({ source, externalId }) => withJobs.has(keyOf(source, externalId)))
      .map(({ source, repositoryExternalId, name }) =>
        pipelineKey(source, repositoryExternalId, name),
      ),
  );
  const ended: EndedJob[] = [
    ...jobs.map((job) => ({
      ...job,
      codeKey: keyOf(job.source, job.repositoryExternalId),
    })),
    ...runs
      .filter(
        ({ source, repositoryExternalId, name }) =>
          !pipelinesWithJobs.has(pipelineKey(source, repositoryExternalId, name)),
      )
      .map((run) => ({
        ...run,
        runId: run.id,
        pipeline: '',
        codeKey: keyOf(run.codeSource, run.codeRepository),
      })),
  ];
  const byJob = Map.groupBy(
    ended,
    ({ source, repositoryExternalId, pipeline, name }) =>
      `${pipelineKey(source, repositoryExternalId, pipeline)}\n${name}`,
  );
  const subjects: PipelineJobSubject[] = [];
  for (const [id, ofJob] of [...byJob].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const told = await toSubject(context, ofJob);
    if (told !== null) subjects.push({ id: `job:${id.replaceAll('\n', ':')}`, ...told });
  }
  return subjects;
};

function pipelineKey(source: string, repositoryExternalId: string, name: string): string {
  return `${keyOf(source, repositoryExternalId)}\n${name}`;
}

/** Found by their runs, of which what ended lately is: a run that is started again ends anew. */
async function loadJobs({ read, now }: SubjectContext): Promise<z.infer<typeof jobSchema>[]> {
  const { workspaceId } = read;
  const since = now - daysRead * dayMs;
  const found: z.infer<typeof jobSchema>[] = [];
  for (let from = since; from < read.clock.now(); from += daysAtOnce * dayMs) {
    const rows = await readRows(
      read.store.read,
      jobSchema,
      Object.keys(jobSchema.shape),
      sql`select j.id, j.source, j.repository_external_id as "repositoryExternalId",
          j.run_external_id as "runExternalId", r.id as "runId", r.name as pipeline, j.name, j.result, j.sha,
          j.finished_at as "finishedAt"
        from pipeline_runs r cross join pipeline_jobs j on j.workspace_id = r.workspace_id
          and j.source = r.source and j.run_external_id = r.external_id
        where r.workspace_id = ${workspaceId} and r.finished_at > ${from}
          and r.finished_at <= ${from + daysAtOnce * dayMs} and j.finished_at > ${since}
          and j.finished_at <= ${now} and j.result in ('success', 'failure')`,
    );
    for (const row of rows) found.push(row);
    await yieldToEventLoop();
  }
  return found.toSorted((one, other) => one.finishedAt - other.finishedAt);
}

async function toSubject(
  context: SubjectContext,
  rows: readonly EndedJob[],
): Promise<Omit<PipelineJobSubject, 'id'> | null> {
  const [any] = rows;
  if (any === undefined) return null;
  const repository = (await context.repositories()).get(any.codeKey);
  const asOf = context.asOf(any.source);
  const name = repository?.name ?? any.repositoryExternalId;
  const commits = Map.groupBy(
    rows.filter(({ sha }) => sha !== null),
    ({ sha }) => sha ?? '',
  );
  const flaky = [...commits.values()].filter((ofCommit) => comesToLight(ofCommit) !== null);
  const instants = flaky
    .map((ofCommit) => comesToLight(ofCommit) ?? 0)
    .toSorted((one, other) => one - other);
  const { timeZone } = context.read.settings;
  const lastFlakyAt = instants.at(-1) ?? null;
  return {
    key: `${name} ${any.pipeline === '' ? keyText(any.name) : keyText(`${any.pipeline} / ${any.name}`)}`,
    title: null,
    repository: name,
    source: any.source,
    fullName: repository?.fullName ?? null,
    teamId: repository?.teamId ?? null,
    asOf,
    evidence: evidenceOf([...commits.values()]),
    name: any.name,
    commitCount: commits.size,
    flakyCommitCount: flaky.length,
    flakyDayCount: new Set(instants.map((at) => dayOf(at, timeZone))).size,
    firstFlakyAt: instants[0] ?? null,
    lastFlakyAt,
    lastFlakyHours: context.hoursSince(lastFlakyAt, asOf),
  };
}

/** Of each commit the first of either result: those with both come first, of these the newest. */
function evidenceOf(commits: readonly (readonly EndedJob[])[]): string[] {
  const isFlaky = (rows: readonly EndedJob[]): boolean => comesToLight(rows) !== null;
  const newest = commits.toReversed();
  const named = [...newest.filter(isFlaky), ...newest.filter((rows) => !isFlaky(rows))]
    .slice(0, mostCommits + 1)
    .flatMap((rows) => [
      ...rows.filter(({ result }) => result === 'success').slice(0, 1),
      ...rows.filter(({ result }) => result === 'failure').slice(0, 1),
    ]);
  return [...new Set(named.flatMap(({ id, runId }) => [id, runId]))];
}

/** When a commit had both results; null where it has not. */
function comesToLight(rows: readonly EndedJob[]): number | null {
  const first = (result: string): number =>
    rows.reduce(
      (at, row) => (row.result === result ? Math.min(at, row.finishedAt) : at),
      Number.POSITIVE_INFINITY,
    );
  const at = Math.max(first('success'), first('failure'));
  return Number.isFinite(at) ? at : null;
}
