import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import {
  comparison,
  emptyFacts,
  evidenceRow,
  reportFigure,
  reportRepository,
} from '../testing/facts.ts';
import { fakeNow } from '../testing/fake-data.ts';
import { throughputChange } from './throughput-change.ts';

function facts(was: number, is: number, firstDaysAgo = 365) {
  const rows = [evidenceRow({ id: 'new' }), evidenceRow({ id: 'old', at: fakeNow - 60 * dayMs })];
  return emptyFacts({
    repositories: [reportRepository({ firstCommitAt: fakeNow - firstDaysAgo * dayMs })],
    comparisons: [comparison('throughput', { sampleSize: was }, { sampleSize: is })],
    figures: [
      reportFigure({
        id: 'throughput',
        evidence: { rows, total: 2, totalIsLowerBound: false, order: 'newest first' },
      }),
    ],
  });
}

test('a fall beyond chance is found, with both counts and the rows of the last four weeks', () => {
  const result = throughputChange.evaluate(facts(48, 20));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('from 48 to 20');
  expect(result.finding.sentence).toContain('58 %');
  expect(result.finding.evidence.rows.map(({ id }) => id)).toEqual(['new']);
  expect(result.finding.evidence.total).toBe(20);
});

test('a rise is found too, and matters less than a fall', () => {
  const rise = throughputChange.evaluate(facts(20, 48));
  const fall = throughputChange.evaluate(facts(48, 20));
  if (rise.outcome !== 'found' || fall.outcome !== 'found') throw new Error('nothing was found');
  expect(rise.finding.sentence).toContain('rose from 20 to 48');
  expect(rise.finding.severity).toBeLessThan(fall.finding.severity);
});

test('what chance explains is not found', () => {
  expect(throughputChange.evaluate(facts(12, 8)).outcome).toBe('clear');
  expect(throughputChange.evaluate(facts(400, 350)).outcome).toBe('clear');
});

test('a short history or few merges cannot be judged', () => {
  expect(throughputChange.evaluate(facts(48, 20, 40)).outcome).toBe('unknown');
  expect(throughputChange.evaluate(facts(6, 1)).outcome).toBe('unknown');
  expect(throughputChange.evaluate(emptyFacts()).outcome).toBe('unknown');
});
