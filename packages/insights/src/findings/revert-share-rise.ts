import { formatShare } from '../format.ts';
import { shareDistance } from './chance.ts';
import { comparisonOf, figureOf, historyCovers, inWindow, rowsWhere } from './figure-rows.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** Reverts of the last four weeks against the share of the weeks before. */
export const revertShareRise = defineFindingRule({
  id: 'revert_share_rise',
  title: 'Reverts',
  params: { leastDistance: 2, fewestReverts: 3, fewestMerges: 15 },
  evaluate(facts, { leastDistance, fewestReverts, fewestMerges }) {
    const comparison = comparisonOf(facts, 'revert_share');
    if (comparison === undefined) return unknown('reverts are not compared with an earlier time');
    const { before, after } = comparison;
    if (before.value === null || after.value === null || !historyCovers(facts, before.window)) {
      return unknown('the share of reverts is not known for both periods');
    }
    if (Math.min(before.sampleSize, after.sampleSize) < fewestMerges) {
      return unknown(`fewer than ${fewestMerges} merges in one of the two periods`);
    }
    const was = { hits: before.value * before.sampleSize, of: before.sampleSize };
    const is = { hits: after.value * after.sampleSize, of: after.sampleSize };
    const reverts = Math.round(is.hits);
    if (reverts < fewestReverts || shareDistance(was, is) < leastDistance) return clear;
    const recent = inWindow(after.window);
    return found({
      severity: Math.min(92, 74 + (after.value - before.value) * 100),
      sentence: `${reverts} of the last ${is.of} merges were reverts (${formatShare(after.value)}); in the weeks before, ${formatShare(before.value)}.`,
      next: 'Read them side by side: one area, one missing test, or one release?',
      figureIds: ['revert_share'],
      evidence: rowsWhere(
        figureOf(facts, 'revert_share'),
        (row) => recent(row) && row.values['isRevert'] === true,
        reverts,
      ),
    });
  },
});
