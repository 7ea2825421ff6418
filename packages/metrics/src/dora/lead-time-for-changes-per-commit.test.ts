import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { hourMs } from '../week-buckets.ts';
import { leadTimeForChangesPerCommit } from './lead-time-for-changes-per-commit.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const deployedAt = utc('2026-09-10 12:00');
const commit = (id: string, hours: number | null) => ({
  id,
  authoredAt: hours === null ? null : deployedAt - hours * hourMs,
  deployedAt,
});

test('the median of an even number of commits lies between the two in the middle', () => {
  const rows = [30, 10, 100, 20].map((hours) => commit(String(hours), hours));
  const outcome = computeOver(leadTimeForChangesPerCommit, rows, window);
  expect(outcome).toMatchObject({ value: 25, sampleSize: 4 });
});

test('a commit without an authored time, or authored after the deployment, is left out and said so', () => {
  const rows = [commit('a', 10), commit('b', null), commit('c', -1)];
  const outcome = computeOver(leadTimeForChangesPerCommit, rows, window);
  expect(outcome).toMatchObject({ value: 10, sampleSize: 1 });
  expect([...outcome.evidence]).toEqual([0]);
  expect(outcome.caveats).toEqual([
    '1 of 3 commits has no authored time and no part in the figure.',
    '1 of 3 commits is left out: authored after the deployment, by a clock that was wrong.',
    'Only 1 commit: this describes them, it is no trend.',
  ]);
});

test('no commit, or none that counts, is unknown with a reason', () => {
  expect(computeOver(leadTimeForChangesPerCommit, [], window)).toMatchObject({
    value: null,
    caveats: [expect.stringContaining('no source shows deployments')],
  });
  expect(computeOver(leadTimeForChangesPerCommit, [commit('b', null)], window).value).toBeNull();
});
