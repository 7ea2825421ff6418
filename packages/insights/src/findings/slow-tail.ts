import { speakHours } from '../format.ts';
import { rowDurationHours } from '../report/row-duration.ts';
import { figureOf, rowsWhere } from './figure-rows.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** A few changes that take far longer than the others. */
export const slowTail = defineFindingRule({
  id: 'slow_tail',
  title: 'The slowest changes',
  params: { leastRatio: 5, leastHours: 48, fewestChanges: 10 },
  evaluate(facts, { leastRatio, leastHours, fewestChanges }) {
    const id = 'first_commit_to_merge';
    const figure = figureOf(facts, id);
    if (figure === undefined || figure.p50 === null || figure.p90 === null) {
      return unknown('the time from first commit to merge is not known');
    }
    if (figure.sampleSize < fewestChanges) {
      return unknown(`fewer than ${fewestChanges} changes have a known first commit`);
    }
    const { p50, p90 } = figure;
    const ratio = p90 / Math.max(p50, 1);
    if (p90 < leastHours || ratio < leastRatio) return clear;
    const slowest = rowsWhere(figure, ({ values }) => (rowDurationHours(id, values) ?? 0) >= p90);
    return found({
      severity: Math.min(72, 44 + Math.log2(ratio / leastRatio) * 8 + Math.min(10, p90 / 168)),
      sentence: `Half of the changes are merged within ${speakHours(p50)} of their first commit, but one in ten takes more than ${speakHours(p90)}.`,
      next: 'Open the slowest and ask what they waited for: decision, review or size.',
      figureIds: [id],
      evidence: slowest,
    });
  },
});
