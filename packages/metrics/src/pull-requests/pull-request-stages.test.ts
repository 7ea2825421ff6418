import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { factInput, factsRow, workedExample } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { pullRequestStages } from './pull-request-stages.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const rows = Object.values(workedExample).map((input) => factsRow(pullRequestFacts.compute(input)));

test('shows each stage with its own sample size, and opening to merge as the value', () => {
  const outcome = computeOver(pullRequestStages, rows, window);
  // Opening to merge: 26 h, 10 min, 26 h.
  expect(outcome).toMatchObject({ value: 26, sampleSize: 3 });
  expect(outcome.parts?.map(({ id, value, sampleSize }) => [id, value, sampleSize])).toEqual([
    ['coding', 12.25, 2],
    ['pickup', 2, 1],
    ['review', 6, 1],
    ['merge_wait', 6, 1],
    ['deploy', 19, 3],
    ['unattributed', expect.closeTo(1 / 6, 10), 3],
  ]);
});

test('says what is unknown in plain sentences', () => {
  expect(computeOver(pullRequestStages, rows, window).caveats).toEqual([
    '1 of 3 merged pull requests has no known coding time.',
    '2 of 3 merged pull requests have no known human answer before the merge: pickup and review are unknown there.',
    'Only 3 merged pull requests: this describes them, it is no trend.',
  ]);
});

test('merges of a clone without deployments have no stage at all: unknown with a reason', () => {
  const cloned = factsRow(
    pullRequestFacts.compute(factInput({ pullRequest: { mergedAt: utc('2026-09-09') } })),
  );
  expect(computeOver(pullRequestStages, [cloned], window)).toMatchObject({
    value: null,
    caveats: [expect.stringContaining('no source shows their openings')],
  });
});

test('merges of a clone with deployments keep that one stage and their rows as evidence', () => {
  const cloned = factsRow(
    pullRequestFacts.compute(
      factInput({
        pullRequest: { mergedAt: utc('2026-09-09') },
        deployment: { finishedAt: utc('2026-09-10'), method: 'exact_sha' },
      }),
    ),
  );
  const outcome = computeOver(pullRequestStages, [cloned], window);
  expect(outcome).toMatchObject({ value: null, sampleSize: 0 });
  expect(outcome.parts?.find(({ id }) => id === 'deploy')).toMatchObject({ value: 24 });
  expect([...outcome.evidence]).toEqual([0]);
});

test('nothing merged is unknown with a reason', () => {
  expect(computeOver(pullRequestStages, [], window)).toMatchObject({ value: null, sampleSize: 0 });
});
