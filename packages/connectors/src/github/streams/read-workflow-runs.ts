import {
  AdjutantError,
  type Batch,
  type ConnectorContext,
  type ReadRequest,
  type SourceRecord,
} from '@adjutant/core';
import { z } from 'zod';
import type { GithubClient, RestAnswer } from '../client/client.ts';
import { type GithubConfig, type NamedWorkflow, sinceOf, workflowsOf } from '../config.ts';
import { repositoryOf, sessionOf } from '../discovery/session.ts';
import { overlapMs } from '../reading/water-marks.ts';
import { workflowRunOfRest } from '../rest/payload-of-rest.ts';
import { restWorkflowRunSchema } from '../rest/rest-shapes.ts';
import type { WorkflowRunPayload } from '../map/delivery-payload.ts';
import { deploymentSourceOf } from './deployment-source.ts';
import { readWorkflowJobs } from './read-workflow-jobs.ts';
import {
  readWorkflowRunState,
  type WorkflowRunState,
  type WorkflowState,
  settingsOf,
  workflowStart,
} from './workflow-run-state.ts';

const pageLength = 100;
/** GitHub gives at most a thousand results to one query. */
const pagesOfWindow = 10;
/** Of more runs than these it is not remembered that their jobs are here; they are asked for again. */
const mostJobsKnown = 2_000;
/** Of runs that are older no jobs are read. */
const jobsForMs = 30 * 86_400_000;
/** A run that is not over after this long is not waited for. */
const openAtMostMs = 35 * 86_400_000;

const pageSchema = z.object({
  workflow_runs: z.array(z.unknown()),
  total_count: z.number().nullish(),
});

interface RunPass {
  client: GithubClient;
  fullName: string;
  named: NamedWorkflow;
  deploys: boolean;
  since: number | null;
  /** When each run was last changed whose jobs are here. */
  jobsOf: Map<string, string>;
  /** Runs of which not all jobs could be read. */
  incomplete: Set<string>;
}

/** Reads the runs of the workflows that the configuration names, and of no others. */
export async function* readWorkflowRuns(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const { client } = sessionOf(context);
  const { config } = context;
  const source = deploymentSourceOf(config, repository);
  let state = readWorkflowRunState(
    request.state,
    source === 'unknown' ? null : source === 'workflow_runs',
  );
  const { deploys } = state;
  const gaps: Batch['gaps'][number][] = [];
  const incomplete = new Set<string>();
  const since = request.since ?? sinceOf(config);
  for (const named of workflowsOf(config, repository.fullName)) {
    const settings = settingsOf(named);
    const stored = state.workflows[named.workflow];
    const before = stored?.settings === settings ? stored : workflowStart(settings);
    const pass: RunPass = {
      client,
      fullName: repository.fullName,
      named,
      deploys: deploys && named.deploys,
      since,
      jobsOf: new Map(Object.entries(before.jobsOf)),
      incomplete,
    };
    const reading = before.readTo === null ? readAllRuns(pass, before) : readNewRuns(pass, before);
    try {
      for await (const { records, workflow, total } of reading) {
        const jobsOf = Object.fromEntries([...pass.jobsOf].slice(-mostJobsKnown));
        state = withWorkflow(state, named.workflow, { ...workflow, settings, jobsOf });
        if (records.length === 0) continue;
        yield {
          records,
          tombstones: [],
          state: { ...state },
          complete: false,
          gaps: [],
          ...(total === null ? {} : { totalEstimate: total }),
        };
      }
    } catch (error) {
      const gap = gapOf(error, named.workflow);
      if (gap === null) throw error;
      gaps.push(gap);
    }
  }
  if (incomplete.size > 0) gaps.push(jobsGap(incomplete.size));
  yield { records: [], tombstones: [], state: { ...state }, complete: true, gaps };
}

interface RunBatch {
  records: SourceRecord[];
  workflow: WorkflowState;
  total: number | null;
}

/** Reads backwards within windows that no new run can enter. */
async function* readAllRuns(pass: RunPass, start: WorkflowState): AsyncGenerator<RunBatch> {
  let workflow = start;
  const now = pass.client.serverNow();
  let { before, page, startedAt } = start.backfill ?? {
    before: toSecond(now),
    page: 1,
    startedAt: now,
  };
  for (;;) {
    const answer = await getRuns(pass, { page, created: `<=${before}` }, null);
    const { runs, total } = readRuns(pass, answer);
    const oldest = runs.at(-1)?.createdAt ?? null;
    const isOver =
      runs.length < pageLength || oldest === null || (pass.since !== null && oldest < pass.since);
    if (page < pagesOfWindow) page += 1;
    else if (oldest !== null) {
      page = 1;
      const next = toSecond(oldest);
      // A thousand runs within one second: no window is small enough to see behind them.
      before = next === before ? new Date(oldest - 1_000).toISOString() : next;
    }
    const open = openSince(runs, workflow.openSince, now);
    workflow = isOver
      ? { ...workflow, etag: null, readTo: startedAt, backfill: null, openSince: open }
      : { ...workflow, backfill: { before, page, startedAt }, openSince: open };
    const kept = runs.filter(({ createdAt }) => pass.since === null || createdAt >= pass.since);
    yield { records: await recordsOf(pass, kept), workflow, total };
    if (isOver) return;
  }
}

/** GitHub's times are whole seconds. */
function toSecond(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Reads the newest runs back to what is here, and to the oldest that was not over. */
async function* readNewRuns(pass: RunPass, start: WorkflowState): AsyncGenerator<RunBatch> {
  const { client } = pass;
  const first = await getRuns(pass, { page: 1 }, start.etag);
  if (first.notModified) return;
  const startedAt = first.serverNow;
  const back = Math.min(
    (start.readTo ?? 0) - overlapMs,
    start.openSince ?? Number.POSITIVE_INFINITY,
  );
  let open: number | null = null;
  let answer = first;
  for (let page = 1; ; page += 1) {
    const { runs } = readRuns(pass, answer);
    const wanted = runs.filter(({ createdAt }) => createdAt >= back);
    open = openSince(wanted, open, startedAt);
    const isOver = wanted.length < runs.length || runs.length < pageLength;
    const workflow: WorkflowState = isOver
      ? {
          ...start,
          etag: first.headers['etag'] ?? null,
          readTo: startedAt,
          backfill: null,
          openSince: open,
        }
      : start;
    yield { records: await recordsOf(pass, wanted), workflow, total: null };
    if (isOver) return;
    const oldest = runs.at(-1)?.createdAt;
    if (page >= pagesOfWindow && oldest !== undefined) {
      // What lies behind a thousand new ones is read as the first time, down to what is here.
      const backfill = { before: toSecond(oldest), page: 1, startedAt };
      const since = Math.max(back, pass.since ?? back);
      yield* readAllRuns({ ...pass, since }, { ...start, backfill, openSince: open });
      return;
    }
    answer = await getRuns({ ...pass, client }, { page: page + 1 }, null);
  }
}

function getRuns(
  { client, fullName, named }: RunPass,
  query: { page: number; created?: string },
  etag: string | null,
): Promise<RestAnswer> {
  const path = `/repos/${fullName}/actions/workflows/${encodeURIComponent(named.workflow)}/runs`;
  return client.get(path, { per_page: pageLength, ...query }, etag);
}

/** Jobs say something of what is lately; of older runs none are read, and those that are here stay. */
async function recordsOf(pass: RunPass, runs: readonly ReadRun[]): Promise<SourceRecord[]> {
  const { client, fullName, named, jobsOf, incomplete } = pass;
  const since = client.serverNow() - jobsForMs;
  const records: SourceRecord[] = [];
  for (const { record, createdAt, isOpen } of runs) {
    records.push(record);
    const { id: runId, updatedAt } = record.payload;
    const isKnown = jobsOf.get(runId) === (updatedAt ?? '');
    if (!named.jobs || isOpen || isKnown || createdAt < since) continue;
    const read = await readWorkflowJobs(client, fullName, runId);
    if (read?.isWhole !== true) incomplete.add(runId);
    if (read === null) continue;
    jobsOf.set(runId, updatedAt ?? '');
    records.push({ externalId: `${runId}:jobs`, payload: { runId, jobs: read.jobs } });
  }
  return records;
}

interface ReadRun {
  record: { externalId: string; payload: WorkflowRunPayload };
  createdAt: number;
  isOpen: boolean;
}

function readRuns(
  { named, deploys }: RunPass,
  answer: RestAnswer,
): { runs: ReadRun[]; total: number | null } {
  const page = pageSchema.safeParse(answer.data);
  if (!page.success) {
    throw new AdjutantError('Upstream', 'GitHub gives runs of workflows in a form nobody knows.', {
      source: 'github',
      hint: 'Check the base URL.',
    });
  }
  const runs = page.data.workflow_runs.flatMap((value): ReadRun[] => {
    const run = restWorkflowRunSchema.safeParse(value);
    if (!run.success) return [];
    const payload = workflowRunOfRest(run.data, { environment: named.environment, deploys });
    const createdAt = Date.parse(payload.createdAt ?? '');
    return [
      {
        record: { externalId: payload.id, payload },
        createdAt: Number.isNaN(createdAt) ? 0 : createdAt,
        isOpen: payload.status?.toLowerCase() !== 'completed',
      },
    ];
  });
  return { runs, total: page.data.total_count ?? null };
}

function openSince(runs: readonly ReadRun[], before: number | null, now: number): number | null {
  const open = runs.flatMap(({ isOpen, createdAt }) =>
    isOpen && createdAt > now - openAtMostMs ? [createdAt] : [],
  );
  if (before !== null) open.push(before);
  return open.length === 0 ? null : Math.min(...open);
}

function withWorkflow(
  state: WorkflowRunState,
  name: string,
  workflow: WorkflowState,
): WorkflowRunState {
  return { ...state, workflows: { ...state.workflows, [name]: workflow } };
}

/** A workflow that is not there does not keep the others from being read. */
function gapOf(error: unknown, workflow: string): Batch['gaps'][number] | null {
  if (!AdjutantError.isInstance(error)) return null;
  const name = workflow.slice(0, 100);
  if (error.code === 'NotFound') {
    const message = `There is no workflow "${name}"; write its file name, such as deploy.yml.`;
    return { code: 'workflow_not_found', message, affectedCount: null };
  }
  if (error.code !== 'Permission') return null;
  const message = `The credential may not read runs of workflows (${name}); it needs Actions: read.`;
  return { code: 'workflows_not_permitted', message, affectedCount: null };
}

function jobsGap(affectedCount: number): Batch['gaps'][number] {
  const message = 'Of some runs GitHub does not show every job, or in a form that nobody knows.';
  return { code: 'workflow_jobs_incomplete', message, affectedCount };
}
