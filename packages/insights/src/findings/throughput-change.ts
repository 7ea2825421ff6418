import { formatShare } from '../format.ts';
import { countDistance } from './chance.ts';
import { comparisonOf, figureOf, historyCovers, inWindow, rowsWhere } from './figure-rows.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** The merges of the last four full weeks against those of the four before. */
export const throughputChange = defineFindingRule({
  id: 'throughput_change',
  title: 'Merges of the last four weeks',
  params: { leastChange: 0.25, leastDistance: 2, fewestMerges: 10 },
  evaluate(facts, { leastChange, leastDistance, fewestMerges }) {
    const comparison = comparisonOf(facts, 'throughput');
    if (comparison === undefined) return unknown('there are no two times four weeks to compare');
    const { before, after } = comparison;
    if (!historyCovers(facts, before.window)) {
      return unknown('the history is shorter than eight weeks');
    }
    const [was, is] = [before.sampleSize, after.sampleSize];
    if (was + is < fewestMerges) return unknown(`fewer than ${fewestMerges} merges in eight weeks`);
    if (Math.abs(countDistance(was, is)) < leastDistance) return clear;
    const change = was === 0 ? 1 : (is - was) / was;
    if (Math.abs(change) < leastChange) return clear;
    const fell = is < was;
    const size = was === 0 ? '' : ` (${fell ? '−' : '+'}${formatShare(Math.abs(change))})`;
    return found({
      severity: fell ? Math.min(78, 58 + Math.abs(change) * 25) : 32,
      sentence: `Merges ${fell ? 'fell' : 'rose'} from ${was} to ${is} between the four weeks before and the last four${size}.`,
      next: fell
        ? 'Check holidays, freezes or one large change before the way of working.'
        : 'See whether reviews and reverts kept pace before calling it a gain.',
      figureIds: ['throughput'],
      evidence: rowsWhere(figureOf(facts, 'throughput'), inWindow(after.window), is),
    });
  },
});
