import { expect, test } from 'vitest';
import { computeOver, utc } from '../__fixtures__/compute.ts';
import { eventAt, factInput, factsRow, workedExample } from '../__fixtures__/pull-requests.ts';
import { pullRequestFacts } from '../pull-request-facts.ts';
import { hourMs } from '../week-buckets.ts';
import { timeToFirstResponse } from './time-to-first-response.ts';

const window = { from: utc('2026-09-07'), to: utc('2026-09-14') };
const openedAt = utc('2026-09-08 10:00');
const mergedAt = openedAt + 60 * hourMs;
const ofInput = (input: Parameters<typeof pullRequestFacts.compute>[0]) =>
  factsRow(pullRequestFacts.compute(input));
const answeredAfter = (hours: number, overrides = {}) =>
  ofInput(
    factInput({
      pullRequest: { openedAt, mergedAt },
      events: [eventAt(openedAt + hours * hourMs, 'comment', overrides)],
    }),
  );

test('G1: the draft waits 2 h from ready to the human, the bot at 15:01 is no answer', () => {
  const rows = Object.values(workedExample).map(ofInput);
  const outcome = computeOver(timeToFirstResponse, rows, window);
  expect(outcome).toMatchObject({ value: 2, p90: 2, sampleSize: 1 });
  expect([...outcome.evidence]).toEqual([0]);
  expect(outcome.caveats[0]).toBe(
    '2 of 3 merged pull requests have no known human answer between opening and merge and no part in the figure.',
  );
});

test('is the median over what was answered, with the share answered within a day', () => {
  const rows = [1, 3, 24, 25].map((hours) => answeredAfter(hours));
  const outcome = computeOver(timeToFirstResponse, rows, window);
  expect(outcome).toMatchObject({ value: 13.5, sampleSize: 4 });
  expect(outcome.parts).toMatchObject([{ id: 'within_a_day', value: 0.75, sampleSize: 4 }]);
  expect(outcome.series).toMatchObject([{ value: 13.5, sampleSize: 4 }]);
});

test.each([
  ['a review after the merge', 61, {}],
  ["a bot's review only", 1, { actorIsBot: true }],
  ["the author's own answer", 1, { actorAccountExternalId: 'author' }],
])('%s leaves it unknown, not 0', (_, hours, overrides) => {
  const outcome = computeOver(timeToFirstResponse, [answeredAfter(hours, overrides)], window);
  expect(outcome).toMatchObject({ value: null, sampleSize: 0 });
  expect(outcome.caveats[0]).toContain('no person other than the author');
});

test('of a clone says that no source shows answers', () => {
  const cloned = ofInput(factInput({ pullRequest: { mergedAt } }));
  expect(computeOver(timeToFirstResponse, [cloned], window).caveats).toEqual([
    'Pull requests were merged in this window, but no source shows their reviews and comments.',
  ]);
  expect(computeOver(timeToFirstResponse, [cloned, answeredAfter(3)], window)).toMatchObject({
    value: 3,
    caveats: [
      '1 of 2 merged pull requests comes from a source that shows no reviews, as a clone, and no part in the figure.',
      'Only 1 merged pull request: this describes them, it is no trend.',
    ],
  });
});
