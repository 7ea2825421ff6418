import { expect, test } from 'vitest';
import { hourMs } from '../format.ts';
import { emptyFacts, evidenceRow, reportFigure } from '../testing/facts.ts';
import { slowTail } from './slow-tail.ts';

function facts(p50: number | null, p90: number | null, sampleSize = 40) {
  const rows = [300, 200, 20, 5].map((hours) =>
    evidenceRow({ id: `row-${hours}`, values: { firstCommitToMergeMs: hours * hourMs } }),
  );
  const evidence = { rows, total: sampleSize, totalIsLowerBound: false, order: 'longest first' };
  return emptyFacts({
    figures: [
      reportFigure({ id: 'first_commit_to_merge', p50, p90, value: p50, sampleSize, evidence }),
    ],
  });
}

test('a tail far above the middle is found with exactly the rows that form it', () => {
  const result = slowTail.evaluate(facts(6, 200));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('within 6 hours');
  expect(result.finding.sentence).toContain('more than 8 days');
  expect(result.finding.evidence.rows.map(({ id }) => id)).toEqual(['row-300', 'row-200']);
  expect(result.finding.evidence.totalIsLowerBound).toBe(false);
});

test('a tail in proportion, or one of hours, is not found', () => {
  expect(slowTail.evaluate(facts(60, 200)).outcome).toBe('clear');
  expect(slowTail.evaluate(facts(0.2, 20)).outcome).toBe('clear');
});

test('unknown durations and few changes cannot be judged', () => {
  expect(slowTail.evaluate(facts(null, null)).outcome).toBe('unknown');
  expect(slowTail.evaluate(facts(6, 200, 9)).outcome).toBe('unknown');
  expect(slowTail.evaluate(emptyFacts()).outcome).toBe('unknown');
});
