import { z } from 'zod';
import type { TwinRepository, TwinWorkflow, TwinWorkflowRun } from '../data/records.ts';
import { errorAnswer } from '../http/answer.ts';
import { userOf, workflowJobsOf, workflowRunOf } from './representations.ts';
import { notFoundAnswer, onRepository, paged } from './request.ts';
import { below, change, type Route } from './route.ts';
import { onWrite } from './writes/write-handler.ts';

function findRun(
  { workflows }: TwinRepository,
  id: string | undefined,
): { workflow: TwinWorkflow; run: TwinWorkflowRun } | null {
  for (const workflow of workflows) {
    const run = workflow.runs.find((one) => String(one.id) === id);
    if (run !== undefined) return { workflow, run };
  }
  return null;
}

const run = onRepository(({ places }, repository, [id]) => {
  const found = findRun(repository, id);
  if (found === null) return notFoundAnswer();
  return { status: 200, body: workflowRunOf(found.run, found.workflow, repository, places) };
});

/** Earlier attempts are known by who started the run, and no more. */
const attempt = onRepository(({ places }, repository, [id, number]) => {
  const found = findRun(repository, id);
  const wanted = Number(number);
  if (found === null || wanted < 1 || wanted > found.run.attempt) return notFoundAnswer();
  const shown = workflowRunOf(found.run, found.workflow, repository, places);
  if (wanted === found.run.attempt) return { status: 200, body: shown };
  const actor = userOf(found.run.actor, places);
  return { status: 200, body: { ...shown, run_attempt: wanted, triggering_actor: actor } };
});

/** Each attempt has the same jobs; those of earlier attempts are over. */
const jobs = onRepository((request, repository, [id]) => {
  const { places, query } = request;
  const found = findRun(repository, id);
  if (found === null) return notFoundAnswer();
  const { run: one } = found;
  const attempts = Array.from({ length: one.attempt }, (_, position) => position + 1);
  const shown = query.get('filter') === 'all' ? attempts : attempts.slice(-1);
  const all = shown.flatMap((number) => workflowJobsOf(one, number, repository, places));
  const { slice, headers } = paged(request);
  return {
    status: 200,
    headers: headers(all.length),
    body: { total_count: all.length, jobs: slice(all) },
  };
});

const rerun = onWrite(z.unknown(), ({ request, repository, rest }) => {
  const found = findRun(repository, rest[0]);
  if (found === null) return notFoundAnswer();
  const started = found.run;
  if (started.status !== 'completed') {
    return errorAnswer(403, 'This workflow is already running');
  }
  started.attempt += 1;
  started.status = 'queued';
  started.conclusion = null;
  started.triggeringActor = request.writer();
  started.startedAt = request.now;
  started.updatedAt = request.now;
  return { status: 201, body: {} };
});

/** Single runs of workflows. */
export const runRoutes: readonly Route[] = [
  ...below('/actions/runs/(\\d+)', run, 'actions=read'),
  ...below('/actions/runs/(\\d+)/jobs', jobs, 'actions=read'),
  ...below('/actions/runs/(\\d+)/attempts/(\\d+)', attempt, 'actions=read'),
  change('POST', '/actions/runs/(\\d+)/rerun', rerun, 'actions=write'),
  change('POST', '/actions/runs/(\\d+)/rerun-failed-jobs', rerun, 'actions=write'),
];
