import { expect, test } from 'vitest';
import {
  comparison,
  emptyFacts,
  evidenceRow,
  reportFigure,
  reportRepository,
} from '../testing/facts.ts';
import { revertShareRise } from './revert-share-rise.ts';

function facts(was: [hits: number, of: number], is: [hits: number, of: number]) {
  const rows = [
    evidenceRow({ id: 'revert', values: { isRevert: true } }),
    evidenceRow({ id: 'other', values: { isRevert: false } }),
  ];
  return emptyFacts({
    repositories: [reportRepository()],
    comparisons: [
      comparison(
        'revert_share',
        { value: was[0] / was[1], sampleSize: was[1] },
        { value: is[0] / is[1], sampleSize: is[1] },
      ),
    ],
    figures: [
      reportFigure({
        id: 'revert_share',
        evidence: { rows, total: 2, totalIsLowerBound: false, order: 'newest first' },
      }),
    ],
  });
}

test('more reverts than chance explains are found, and open the reverts only', () => {
  const result = revertShareRise.evaluate(facts([3, 150], [8, 50]));
  if (result.outcome !== 'found') throw new Error('nothing was found');
  expect(result.finding.sentence).toContain('8 of the last 50 merges');
  expect(result.finding.sentence).toContain('before, 2 %');
  expect(result.finding.evidence.rows.map(({ id }) => id)).toEqual(['revert']);
  expect(result.finding.evidence.total).toBe(8);
});

test('a steady share, a fall and two reverts are not found', () => {
  expect(revertShareRise.evaluate(facts([15, 150], [5, 50])).outcome).toBe('clear');
  expect(revertShareRise.evaluate(facts([30, 150], [1, 50])).outcome).toBe('clear');
  expect(revertShareRise.evaluate(facts([0, 150], [2, 50])).outcome).toBe('clear');
});

test('few merges or no comparison cannot be judged', () => {
  expect(revertShareRise.evaluate(facts([1, 14], [8, 50])).outcome).toBe('unknown');
  expect(revertShareRise.evaluate(emptyFacts()).outcome).toBe('unknown');
});
