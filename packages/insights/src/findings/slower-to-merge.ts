import { speakHours } from '../format.ts';
import { comparisonOf, figureOf, historyCovers, inWindow, rowsWhere } from './figure-rows.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** The usual time from first commit to merge against the team's own past. */
export const slowerToMerge = defineFindingRule({
  id: 'slower_to_merge',
  title: 'Time from first commit to merge',
  params: { leastRatio: 1.75, leastHours: 8, fewestChanges: 12 },
  evaluate(facts, { leastRatio, leastHours, fewestChanges }) {
    const comparison = comparisonOf(facts, 'first_commit_to_merge');
    const was = comparison?.before.p50 ?? null;
    const is = comparison?.after.p50 ?? null;
    if (comparison === undefined || was === null || is === null) {
      return unknown('the time from first commit to merge is not known for both periods');
    }
    const { before, after } = comparison;
    if (!historyCovers(facts, before.window)) return unknown('the history is too short');
    if (Math.min(before.sampleSize, after.sampleSize) < fewestChanges) {
      return unknown(`fewer than ${fewestChanges} changes in one of the two periods`);
    }
    if (is < leastHours || is / Math.max(was, 1) < leastRatio) return clear;
    return found({
      severity: Math.min(76, 52 + Math.log2(is / Math.max(was, 1)) * 10),
      sentence: `In the last four weeks a change usually took ${speakHours(is)} from first commit to merge; before that, ${speakHours(was)}.`,
      next: 'Compare a few with older ones: larger, fewer reviewers, slower checks?',
      figureIds: ['first_commit_to_merge'],
      evidence: rowsWhere(
        figureOf(facts, 'first_commit_to_merge'),
        inWindow(after.window),
        after.sampleSize,
      ),
    });
  },
});
