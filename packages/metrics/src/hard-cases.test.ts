import { buildCommit } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import {
  carried,
  deploymentOf,
  incidentOf,
  requestOf,
  reviewOf,
  shop,
  source,
  statedCause,
} from './__fixtures__/open-world.ts';
import {
  answers,
  deployedOnce,
  known,
  partOf,
  reviewed,
  told,
  unreviewed,
} from './__fixtures__/week-of-answers.ts';
import { allMetrics } from './index.ts';

// Data as it really comes, from a source through the store to the answer. What is not named is unknown.
const place = { source, repositoryExternalId: 'shop' };
/** Before the window: that incidents are shown at all. */
const earlier = incidentOf('earlier', '2026-07-01');

const request = requestOf(1, '2026-09-08 09:00', '2026-09-08 15:00');
const commitOf = (sha: string, at: string) =>
  buildCommit({ ...place, sha, authoredAt: utc(at), committedAt: utc(at) });
const ofRequest = (sha: string) => ({ ...place, pullRequestExternalId: 'request-1', sha });

test('empty store: everything is unknown, with the reason', async () => {
  const found = await answers({});
  expect(Object.keys(found)).toHaveLength(allMetrics.metrics.length);
  expect(known(found)).toEqual({});
});

test('one row: what it shows, and that it is no trend', async () => {
  const ofRequests = await answers({ ...shop, pullRequests: [request] });
  expect(known(ofRequests)).toEqual(unreviewed);
  expect(told(ofRequests['pull_request_cycle_time'])).toContain('it is no trend');
  const ofDeployments = await answers({
    ...shop,
    deployments: [deploymentOf('d1', '2026-09-08 12:00')],
  });
  expect(known(ofDeployments)).toEqual(deployedOnce);
  expect(told(ofDeployments['change_fail_rate'])).toContain('No source shows incidents');
  const ofIncidents = await answers({
    incidents: [incidentOf('i1', '2026-09-08 12:00', { resolvedAt: utc('2026-09-08 14:00') })],
  });
  expect(known(ofIncidents)).toEqual({ time_to_restore: 2 });
});

test('all bots: nobody has answered, and every figure says that bots opened them', async () => {
  const found = await answers({
    ...shop,
    pullRequests: [{ ...request, authorAccountExternalId: 'robot' }],
    pullRequestEvents: [reviewOf(1, '2026-09-08 10:00', { actorAccountExternalId: 'robot' })],
  });
  expect(known(found)).toEqual(unreviewed);
  expect(found['merged_without_review']?.parts.map(({ value }) => value)).toEqual([null, 1]);
  const counted = Object.keys(unreviewed).filter((id) => (found[id]?.sampleSize ?? 0) > 0);
  expect(counted.filter((id) => !/opened by bots/.test(told(found[id])))).toEqual([]);
});

test('clock skew between hosts, a review before opening: it is a review, and its wait is unknown', async () => {
  const found = await answers({
    ...shop,
    pullRequests: [request],
    pullRequestEvents: [reviewOf(1, '2026-09-08 08:59', { state: 'approved' })],
  });
  expect(known(found)).toEqual(reviewed);
  expect(found['time_to_first_response']?.value).toBeNull();
  expect(partOf(found['pull_request_stages'], 'pickup')).toBeNull();
});

test('clock skew between hosts, deployed seconds before the merge: no lead time, and not a negative one', async () => {
  const found = await answers({
    ...shop,
    incidents: [earlier],
    pullRequests: [request],
    commits: [commitOf('sha-1', '2026-09-08 08:00')],
    deployments: [
      deploymentOf('d1', '2026-09-08 12:00', { finishedAt: utc('2026-09-08 15:00') - 3_000 }),
    ],
    deploymentChanges: [carried('d1', 'sha-1')],
  });
  expect(known(found)).toEqual({
    ...unreviewed,
    ...deployedOnce,
    change_fail_rate: 0,
    lead_time_for_changes_per_commit: (7 * 3_600 - 3) / 3_600,
  });
  expect(told(found['lead_time_for_changes'])).toContain('deployed before its merge');
});

test('clock skew between hosts, an incident seconds before the deployment that caused it: told by its source only', async () => {
  const skewed = {
    ...shop,
    deployments: [deploymentOf('d1', '2026-09-08 12:00')],
    incidents: [
      incidentOf('i1', '2026-09-08 12:00', {
        createdAt: utc('2026-09-08 12:00') - 3_000,
        resolvedAt: utc('2026-09-08 13:00'),
      }),
    ],
  };
  const guessed = await answers(skewed);
  expect(guessed['change_fail_rate']?.value).toBeNull();
  expect(told(guessed['change_fail_rate'])).toContain('No incident can be linked');
  const stated = await answers({ ...skewed, incidentDeployments: [statedCause('i1', 'd1')] });
  expect(stated['change_fail_rate']).toMatchObject({ value: 1, sampleSize: 1 });
  expect(stated['failed_deployment_recovery_time']?.value).toBe(1);
});

test('deployment before merge: it did not bring the merge, and its pull request is told as left out', async () => {
  const found = await answers({
    ...shop,
    pullRequests: [request, requestOf(2, '2026-09-08 09:00', '2026-09-08 10:00')],
    deployments: [
      deploymentOf('before', '2026-09-07 12:00'),
      deploymentOf('after', '2026-09-08 12:00'),
    ],
    deploymentChanges: [carried('before', 'sha-1'), carried('after', 'sha-2')],
  });
  expect(found['lead_time_for_changes']).toMatchObject({ value: 3, sampleSize: 1 });
  expect(told(found['lead_time_for_changes'])).toContain('1 of 2 pull requests is left out');
  expect(partOf(found['pull_request_stages'], 'deploy')).toBe(2);
});

test('review after merge: merged without review, and no time of an answer', async () => {
  const found = await answers({
    ...shop,
    pullRequests: [request],
    pullRequestEvents: [reviewOf(1, '2026-09-08 18:00')],
  });
  expect(known(found)).toEqual(unreviewed);
});

test('squash merge: the lead time begins with the first of the commits that it hides', async () => {
  const found = await answers({
    ...shop,
    pullRequests: [{ ...request, mergeMethod: 'squash' }],
    commits: [
      commitOf('a', '2026-09-07 09:00'),
      commitOf('b', '2026-09-08 08:00'),
      commitOf('sha-1', '2026-09-08 15:00'),
    ],
    pullRequestCommits: [ofRequest('a'), ofRequest('b')],
    deployments: [deploymentOf('d1', '2026-09-08 18:00')],
    deploymentChanges: [carried('d1', 'sha-1')],
  });
  expect(known(found)).toEqual({
    ...unreviewed,
    ...deployedOnce,
    lead_time_for_changes: 33,
    first_commit_to_merge: 30,
    // One commit arrived, authored when it was squashed; its definition says so.
    lead_time_for_changes_per_commit: 3,
  });
  expect(found['lead_time_for_changes_per_commit']?.definition).toContain('squash');
  expect(partOf(found['lead_time_for_changes'], 'coding')).toBe(24);
});

test('rebase merge: new names and committer dates, and the authored times stay', async () => {
  const rebased = (sha: string, at: string) => ({
    ...commitOf(sha, at),
    committedAt: utc('2026-09-08 15:00'),
  });
  const found = await answers({
    ...shop,
    pullRequests: [{ ...request, mergeMethod: 'rebase' }],
    commits: [
      commitOf('a', '2026-09-07 09:00'),
      commitOf('b', '2026-09-08 08:00'),
      rebased('rebased-a', '2026-09-07 09:00'),
      rebased('sha-1', '2026-09-08 08:00'),
    ],
    pullRequestCommits: [ofRequest('a'), ofRequest('b')],
    deployments: [deploymentOf('d1', '2026-09-08 18:00')],
    deploymentChanges: [carried('d1', 'rebased-a'), carried('d1', 'sha-1')],
  });
  expect(known(found)).toEqual({
    ...unreviewed,
    ...deployedOnce,
    lead_time_for_changes: 33,
    first_commit_to_merge: 30,
    lead_time_for_changes_per_commit: (33 + 10) / 2,
  });
});

test('reopened: one pull request from its first opening, open while it is open, not idle while it was closed', async () => {
  const turn = (number: number, at: string, kind: 'closed' | 'reopened') =>
    reviewOf(number, at, { kind, state: null, actorAccountExternalId: 'author' });
  const found = await answers({
    ...shop,
    pullRequests: [
      requestOf(1, '2026-09-07 09:00', '2026-09-11 09:00'),
      // A source may keep the instant at which it was closed before.
      requestOf(2, '2026-09-07 09:00', null, { closedAt: utc('2026-09-08 09:00') }),
    ],
    pullRequestEvents: [
      reviewOf(1, '2026-09-07 10:00'),
      turn(1, '2026-09-07 12:00', 'closed'),
      turn(1, '2026-09-10 12:00', 'reopened'),
      turn(2, '2026-09-08 09:00', 'closed'),
      turn(2, '2026-09-09 09:00', 'reopened'),
    ],
  });
  expect(known(found)).toEqual({
    ...reviewed,
    pull_request_stages: 96,
    pull_request_cycle_time: 96,
    time_to_first_response: 1,
    open_work: 1,
  });
  expect(partOf(found['open_work'], 'age')).toBe(6 * 24 + 15);
});

test('reverted reverts: what is brought in again has failed once, by title, by link and by rollback', async () => {
  const opened = (
    number: number,
    day: number,
    title: string,
    revertsNumber: number | null = null,
  ) =>
    requestOf(number, `2026-09-0${day} 09:00`, `2026-09-0${day} 15:00`, { title, revertsNumber });
  const pullRequests = [
    opened(1, 7, 'Cache the price list'),
    opened(2, 8, 'Revert "Cache the price list"', 1),
    opened(3, 9, 'Revert "Revert "Cache the price list""', 2),
    opened(4, 9, 'Cache the price list, with a limit', 2),
  ];
  const deployments = pullRequests.map(({ number, mergedAt }) =>
    deploymentOf(`d${number}`, '2026-09-07', {
      kind: null,
      finishedAt: (mergedAt ?? 0) + (number ?? 0),
    }),
  );
  const deploymentChanges = pullRequests.map(({ number }) =>
    carried(`d${number}`, `sha-${number}`),
  );
  const written = await answers({ ...shop, pullRequests, deployments, deploymentChanges });
  expect(written['revert_share']).toMatchObject({ value: 1 / 4, sampleSize: 4 });
  expect(written['deployment_rework_rate']).toMatchObject({ value: 1 / 4, sampleSize: 4 });

  const rolledBack = await answers({
    ...shop,
    incidents: [earlier],
    deployments: [
      deploymentOf('d1', '2026-09-08 10:00'),
      deploymentOf('d2', '2026-09-09 10:00'),
      deploymentOf('back', '2026-09-09 12:00', { kind: 'rollback', previousExternalId: 'd2' }),
      deploymentOf('again', '2026-09-10 12:00', { kind: 'rollback', previousExternalId: 'back' }),
    ],
  });
  expect(rolledBack['change_fail_rate']).toMatchObject({ value: 1 / 4, sampleSize: 4 });
  expect(rolledBack['failed_deployment_recovery_time']).toMatchObject({ value: 2, sampleSize: 1 });
  expect(rolledBack['deployment_rework_rate']?.value).toBe(2 / 4);
});

test('deployments without commits: how often and how well, and no lead time', async () => {
  const found = await answers({
    ...shop,
    incidents: [earlier],
    pullRequests: [request],
    deployments: [deploymentOf('d1', '2026-09-08 16:00', { sha: null })],
  });
  expect(known(found)).toEqual({ ...unreviewed, ...deployedOnce, change_fail_rate: 0 });
  expect(partOf(found['pull_request_stages'], 'deploy')).toBeNull();
});

test('incidents never resolved: a failed deployment, and no time to recover from it yet', async () => {
  const found = await answers({
    ...shop,
    deployments: [deploymentOf('d1', '2026-09-08 10:00'), deploymentOf('d2', '2026-09-09 10:00')],
    incidents: [
      incidentOf('open', '2026-09-08 11:00'),
      incidentOf('over', '2026-09-08 12:00', { resolvedAt: utc('2026-09-08 13:00') }),
    ],
  });
  expect(known(found)).toEqual({
    deployment_frequency: 2 / 7,
    deployment_rework_rate: 0,
    pipeline_failure_share: 0,
    change_fail_rate: 1 / 2,
    time_to_restore: 1,
  });
  const { failed_deployment_recovery_time: recovery, time_to_restore: restore } = found;
  expect(told(recovery)).toContain('1 of 1 failed deployment has not recovered yet');
  expect(told(restore)).toContain('1 of 2 incidents is not resolved yet');
});
