import { expect, test } from 'vitest';
import { emptyFacts, reportFigure } from '../testing/facts.ts';
import { longestStage } from './longest-stage.ts';

function facts(pickup: number | null, review: number | null, sampleSize = 40) {
  const part = (id: string, value: number | null) => ({
    id,
    title: id,
    value,
    p50: value,
    p75: value,
    p90: value,
    sampleSize,
  });
  return emptyFacts({
    figures: [
      reportFigure({
        id: 'pull_request_stages',
        parts: [part('pickup', pickup), part('review', review)],
      }),
    ],
  });
}

test('waiting that takes longer than the review itself is found', () => {
  const result = longestStage.evaluate(facts(20, 10));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('waits 20 hours for its first answer');
  expect(result.finding.sentence).toContain('67 %');
});

test('short waiting and long reviews are not found', () => {
  expect(longestStage.evaluate(facts(3, 1)).outcome).toBe('clear');
  expect(longestStage.evaluate(facts(20, 60)).outcome).toBe('clear');
});

test('stages that no source shows cannot be judged', () => {
  expect(longestStage.evaluate(facts(null, 10)).outcome).toBe('unknown');
  expect(longestStage.evaluate(facts(20, 10, 9)).outcome).toBe('unknown');
  expect(longestStage.evaluate(emptyFacts()).outcome).toBe('unknown');
});
