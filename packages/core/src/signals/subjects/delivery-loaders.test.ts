import { describe, expect, it } from 'vitest';
import {
  buildCommit,
  buildDeployment,
  buildPipelineRun,
  buildPullRequest,
} from '../../testing/row-builders.ts';
import {
  dayMs,
  hourMs,
  shop,
  source,
  start,
  startSubjectWorld,
} from '../__fixtures__/subject-world.ts';

let counter = 0;

const run = (
  sha: string,
  result: 'success' | 'failure' | 'cancelled',
  agoMs: number,
  fields = {},
) => {
  counter += 1;
  return buildPipelineRun({
    source,
    repositoryExternalId: shop,
    externalId: `run-${counter}`,
    sha,
    result,
    queuedAt: start - agoMs - 10 * 60_000,
    startedAt: start - agoMs - 8 * 60_000,
    finishedAt: start - agoMs,
    ...fields,
  });
};

const commit = (sha: string, agoMs: number) =>
  buildCommit({ source, repositoryExternalId: shop, sha, committedAt: start - agoMs });

describe('pipelines', () => {
  it('stand as their runs on the default branch do, whatever ran elsewhere or was cancelled', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({
      commits: ['one', 'two', 'three', 'topic'].map((sha, at) => commit(sha, (9 - at) * dayMs)),
      pullRequests: [
        buildPullRequest({
          source,
          repositoryExternalId: shop,
          mergeSha: 'merged',
          mergedAt: start - dayMs,
        }),
      ],
      // What came with a pull request ran on its own branch, though it is in the history now.
      pullRequestCommits: [
        {
          source,
          pullRequestExternalId: 'acme/widgets#1',
          repositoryExternalId: shop,
          sha: 'topic',
        },
      ],
      pipelineRuns: [
        run('one', 'success', 8 * dayMs),
        run('two', 'failure', 7 * hourMs),
        run('three', 'failure', 5 * hourMs),
        run('merged', 'cancelled', hourMs),
        run('topic', 'success', 2 * hourMs),
        run('unknown', 'success', hourMs),
      ],
    });
    await adjutant.sync();
    const [pipeline, ...others] = await handle.signals.subjects('pipeline');
    expect(others).toEqual([]);
    expect(pipeline).toMatchObject({
      key: 'shop build',
      fullName: shop,
      lastResult: 'failure',
      lastFinishedAt: start - 5 * hourMs,
      failingSince: start - 7 * hourMs,
      failingHours: 7,
      failuresInRow: 2,
      laterCommitCount: 0,
      runCount: 4,
    });
    expect(pipeline?.evidence).toHaveLength(3);
  });

  it('are green where newer code passed, though older code failed later', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({
      commits: [commit('old', 2 * dayMs), commit('new', dayMs)],
      pipelineRuns: [
        run('old', 'failure', hourMs, { queuedAt: start - 5 * hourMs }),
        run('new', 'success', 3 * hourMs, { queuedAt: start - 4 * hourMs }),
      ],
    });
    await adjutant.sync();
    const [pipeline] = await handle.signals.subjects('pipeline');
    expect(pipeline).toMatchObject({ lastResult: 'success', failingSince: null });
  });

  it('are as long as the middle of their successful runs, week by week', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    const lasting = (days: number, minutes: number) =>
      run(`long-${days}`, 'success', days * dayMs, {
        startedAt: start - days * dayMs - minutes * 60_000,
      });
    rows.push({
      commits: [1, 2, 3, 10, 11, 12, 13, 14].map((days) => commit(`long-${days}`, days * dayMs)),
      pipelineRuns: [
        ...[lasting(1, 30), lasting(2, 20), lasting(3, 90)],
        ...[10, 11, 12, 13, 14].map((days) => lasting(days, 10)),
        run('topic', 'success', hourMs, { startedAt: start - 9 * hourMs }),
      ],
    });
    await adjutant.sync();
    const [pipeline] = await handle.signals.subjects('pipeline');
    expect(pipeline).toMatchObject({
      medianMinutes: 30,
      earlierMedianMinutes: 10,
      earlierRunCount: 5,
    });
    expect(pipeline?.durationEvidence).toHaveLength(8);
    expect(pipeline?.weeks.map(({ value }) => value)).toEqual([null, null, 10, 90, 25]);
  });

  it('are left behind where others run on and they do not', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    const shas = Array.from({ length: 12 }, (_, at) => `later-${at}`);
    rows.push({
      commits: [commit('first', 20 * dayMs), ...shas.map((sha) => commit(sha, dayMs))],
      pipelineRuns: [
        run('first', 'failure', 20 * dayMs, { name: 'old build' }),
        ...shas.map((sha, at) => run(sha, 'success', (14 - at) * hourMs)),
      ],
    });
    await adjutant.sync();
    const pipelines = await handle.signals.subjects('pipeline');
    expect(pipelines.find(({ name }) => name === 'old build')).toMatchObject({
      lastResult: 'failure',
      laterCommitCount: 12,
    });
  });

  it('cannot be told where no run is known to be of the default branch', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({ pipelineRuns: [run('topic', 'failure', hourMs)] });
    await adjutant.sync();
    const [pipeline] = await handle.signals.subjects('pipeline');
    expect(pipeline).toMatchObject({ lastResult: 'unknown', failuresInRow: null });
  });
});

describe('jobs of pipelines', () => {
  it('count commits with both results once, and pipelines where no jobs are read', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    const job = (sha: string, attempt: number, result: 'success' | 'failure', agoMs: number) => ({
      source,
      externalId: `job-${sha}-${attempt}`,
      runExternalId: `of-${sha}`,
      repositoryExternalId: shop,
      name: 'test',
      attempt,
      result,
      originalResult: null,
      sha,
      startedAt: start - agoMs - 60_000,
      finishedAt: start - agoMs,
    });
    rows.push({
      pipelineRuns: [
        run('a', 'success', 2 * dayMs, { externalId: 'of-a' }),
        run('b', 'success', dayMs, { externalId: 'of-b' }),
        run('c', 'failure', 3 * dayMs, { name: 'lint' }),
        run('c', 'success', 3 * dayMs - hourMs, { name: 'lint' }),
        run('d', 'failure', 15 * dayMs, { name: 'lint' }),
      ],
      pipelineJobs: [
        job('a', 1, 'failure', 2 * dayMs + hourMs),
        job('a', 2, 'success', 2 * dayMs),
        job('b', 1, 'failure', dayMs + hourMs),
        job('b', 2, 'success', dayMs),
        job('c', 1, 'failure', hourMs),
      ].map((one) => (one.sha === 'c' ? { ...one, runExternalId: 'of-a' } : one)),
    });
    await adjutant.sync();
    const jobs = await handle.signals.subjects('pipeline_job');
    expect(
      jobs.map(({ key, commitCount, flakyCommitCount, flakyDayCount, firstFlakyAt }) => [
        key,
        commitCount,
        flakyCommitCount,
        flakyDayCount,
        firstFlakyAt,
      ]),
    ).toEqual([
      ['shop lint', 1, 1, 1, start - 3 * dayMs + hourMs],
      ['shop build / test', 3, 2, 2, start - 2 * dayMs],
    ]);
    // Five jobs and the two runs that they are of; two runs where no jobs are read.
    expect(jobs.map(({ evidence }) => evidence.length)).toEqual([2, 7]);
  });
});

describe('deployment targets', () => {
  const deployment = (
    environment: string,
    result: 'success' | 'failure' | 'running',
    agoMs: number,
    fields = {},
  ) => {
    counter += 1;
    return buildDeployment({
      source,
      repositoryExternalId: shop,
      externalId: `deployment-${counter}`,
      environment,
      result,
      startedAt: start - agoMs - hourMs,
      finishedAt: result === 'running' ? null : start - agoMs,
      ...fields,
    });
  };

  it('fail since the first of those in a row, while another is under way too', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({
      deployments: [
        deployment('production', 'success', 9 * hourMs),
        deployment('production', 'failure', 6 * hourMs),
        deployment('production', 'failure', 4 * hourMs),
        deployment('production', 'running', hourMs),
        deployment('staging', 'failure', 2 * dayMs),
        deployment('staging', 'success', dayMs),
        deployment('pr-12', 'failure', dayMs),
      ],
    });
    await adjutant.sync();
    const targets = await handle.signals.subjects('deployment_target');
    const of = (environment: string) => targets.find((one) => one.environment === environment);
    expect(of('production')).toMatchObject({
      key: 'shop production',
      isProduction: true,
      isTemporary: false,
      lastResult: 'running',
      failingSince: start - 6 * hourMs,
      failuresInRow: 2,
      failureCount: 2,
      deploymentCount: 3,
    });
    expect(of('staging')).toMatchObject({ isProduction: false, failuresInRow: 0 });
    expect(of('pr-12')).toMatchObject({ isTemporary: true });
  });

  it('are all of production where none is named so', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({ deployments: [deployment('cluster-1', 'success', hourMs)] });
    await adjutant.sync();
    expect(await handle.signals.subjects('deployment_target')).toMatchObject([
      { isProduction: true, lastResult: 'success' },
    ]);
  });
});
