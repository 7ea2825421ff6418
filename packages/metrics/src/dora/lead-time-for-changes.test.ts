import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { eventAt, factInput, factsRow, workedExample } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { leadTimeForChanges } from './lead-time-for-changes.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-21') };
const rowOf = (input: Parameters<typeof pullRequestFacts.compute>[0]) =>
  factsRow(pullRequestFacts.compute(input));
const rows = Object.values(workedExample).map(rowOf);

describe('the worked example', () => {
  const outcome = computeOver(leadTimeForChanges, rows, window);

  test('has a median of 50 hours of 51, 4 and 50; the mean of 35 is not reported', () => {
    expect(outcome).toMatchObject({ value: 50, p50: 50, p75: 50.5, sampleSize: 3 });
    expect(outcome.p90).toBeCloseTo(50.8, 10);
    expect(JSON.stringify(outcome)).not.toContain('"value":35');
  });

  test('has the stages as parts, each with its own sample size', () => {
    const parts = outcome.parts?.map(({ id, p50, sampleSize }) => [id, p50, sampleSize]);
    expect(parts).toEqual([
      ['coding', 12.25, 2],
      ['pickup', 2, 1],
      ['review', 6, 1],
      ['deploy', 19, 3],
      ['unattributed', expect.closeTo(1 / 6, 10), 3],
    ]);
  });

  test('belongs to the week of the deployment; the week without one is unknown, not 0', () => {
    expect(outcome.series).toEqual([
      { start: utc('2026-09-07'), end: utc('2026-09-14'), value: 50, sampleSize: 3 },
      { start: utc('2026-09-14'), end: utc('2026-09-21'), value: null, sampleSize: 0 },
    ]);
  });

  test('says that one first commit is unknown, and that three are few', () => {
    expect(outcome.caveats).toEqual([
      '1 of 3 pull requests has no known first commit: coding is unknown and the time counts from the opening.',
      'Only 3 pull requests: this describes them, it is no trend.',
    ]);
  });

  test('names every row as evidence', () => {
    expect([...outcome.evidence]).toEqual([0, 1, 2]);
  });
});

test('a deployment outside the window is not counted, even of a merge inside it', () => {
  const before = { from: utc('2026-09-07'), to: utc('2026-09-10') };
  expect(computeOver(leadTimeForChanges, rows, before)).toMatchObject({
    value: null,
    sampleSize: 0,
  });
});

test('nothing deployed is unknown with a reason, not 0', () => {
  const outcome = computeOver(leadTimeForChanges, [], window);
  expect(outcome).toMatchObject({ value: null, p50: null, sampleSize: 0 });
  expect(outcome.caveats).toEqual([expect.stringContaining('no source shows deployments')]);
});

test('a deployment before the merge is left out, and said so', () => {
  const early = rowOf(
    factInput({
      pullRequest: { openedAt: utc('2026-09-08'), mergedAt: utc('2026-09-11') },
      deployment: { finishedAt: utc('2026-09-10'), method: 'exact_sha' },
    }),
  );
  const outcome = computeOver(leadTimeForChanges, [...rows, early], window);
  expect(outcome.sampleSize).toBe(3);
  expect([...outcome.evidence]).toEqual([0, 1, 2]);
  expect(outcome.caveats[0]).toBe(
    '1 of 4 pull requests is left out: the beginning is unknown, or the deployment came before the merge.',
  );
  expect(computeOver(leadTimeForChanges, [early], window).value).toBeNull();
});

test('bots count, and the median without them stands beside', () => {
  const bot = rowOf({ ...workedExample.withoutReview, authorIsBot: true });
  const [first, , third] = rows;
  if (first === undefined || third === undefined) throw new Error('rows are missing');
  const outcome = computeOver(leadTimeForChanges, [first, bot, third], window);
  expect(outcome.value).toBe(50);
  expect(outcome.caveats).toContain(
    '1 of 3 pull requests was opened by bots and counted here; without them the median is 50.5 hours.',
  );
});

test('a clone with deployments counts from the first commit and says what is not attributed', () => {
  const cloned = rowOf(
    factInput({
      pullRequest: { mergedAt: utc('2026-09-09') },
      commitAuthoredAts: [utc('2026-09-08')],
      events: [eventAt(utc('2026-09-08'), 'comment')],
      deployment: { finishedAt: utc('2026-09-10'), method: 'time' },
    }),
  );
  const outcome = computeOver(leadTimeForChanges, [cloned], window);
  expect(outcome.value).toBe(48);
  expect(outcome.caveats.join(' ')).toMatch(/no known opening.*by time alone/);
});
