import { expect, test } from 'vitest';
import { comparison, emptyFacts, reportRepository } from '../testing/facts.ts';
import { slowerToMerge } from './slower-to-merge.ts';

function facts(was: number | null, is: number | null, sampleSize = 30) {
  return emptyFacts({
    repositories: [reportRepository()],
    comparisons: [
      comparison('first_commit_to_merge', { p50: was, sampleSize }, { p50: is, sampleSize }),
    ],
  });
}

test('a usual time that has nearly doubled is found with both times', () => {
  const result = slowerToMerge.evaluate(facts(12, 30));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('30 hours');
  expect(result.finding.sentence).toContain('before that, 12 hours');
});

test('a small change, a gain and a change among minutes are not found', () => {
  expect(slowerToMerge.evaluate(facts(12, 15)).outcome).toBe('clear');
  expect(slowerToMerge.evaluate(facts(30, 12)).outcome).toBe('clear');
  expect(slowerToMerge.evaluate(facts(0.5, 5)).outcome).toBe('clear');
});

test('unknown times and few changes cannot be judged', () => {
  expect(slowerToMerge.evaluate(facts(null, 30)).outcome).toBe('unknown');
  expect(slowerToMerge.evaluate(facts(12, 30, 11)).outcome).toBe('unknown');
});
