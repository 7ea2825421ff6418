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
const mostEvidence = 500;

const jobSchema = z.object({
  id: z.string(),
  source: z.string(),
  repositoryExternalId: z.string(),
  runExternalId: z.string(),
  /** The pipeline that it is of, where its run is here. */
  pipeline: z.string().nullable(),
  name: z.string(),
  result: z.string(),
  sha: z.string().nullable(),
  finishedAt: z.number(),
});

interface EndedJob {
  id: string;
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
      pipeline: job.pipeline ?? '',
      codeKey: keyOf(job.source, job.repositoryExternalId),
    })),
    ...runs
      .filter(
        ({ source, repositoryExternalId, name }) =>
          !pipelinesWithJobs.has(pipelineKey(source, repositoryExternalId, name)),
      )
      .map((run) => ({
        ...run,
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

async function loadJobs({ read, now }: SubjectContext): Promise<z.infer<typeof jobSchema>[]> {
  const { workspaceId } = read;
  return readRows(
    read.store.read,
    jobSchema,
    Object.keys(jobSchema.shape),
    sql`select j.id, j.source, j.repository_external_id as "repositoryExternalId",
        j.run_external_id as "runExternalId", r.name as pipeline, j.name, j.result, j.sha,
        j.finished_at as "finishedAt"
      from pipeline_jobs j left join pipeline_runs r on r.workspace_id = j.workspace_id
        and r.source = j.source and r.external_id = j.run_external_id
      where j.workspace_id = ${workspaceId} and j.finished_at > ${now - daysRead * dayMs}
        and j.finished_at <= ${now} and j.result in ('success', 'failure')`,
  );
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
    evidence: (flaky.length > 0 ? flaky.flat() : rows).slice(-mostEvidence).map(({ id }) => id),
    name: any.name,
    commitCount: commits.size,
    flakyCommitCount: flaky.length,
    flakyDayCount: new Set(instants.map((at) => dayOf(at, timeZone))).size,
    firstFlakyAt: instants[0] ?? null,
    lastFlakyAt,
    lastFlakyHours: context.hoursSince(lastFlakyAt, asOf),
  };
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
