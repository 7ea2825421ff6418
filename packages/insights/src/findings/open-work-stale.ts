import { countOf, dayMs, speakHours } from '../format.ts';
import { clear, defineFindingRule, found, unknown } from './finding-rule.ts';

/** Pull requests that have stood open for weeks. */
export const openWorkStale = defineFindingRule({
  id: 'open_work_stale',
  title: 'Open work that stands still',
  params: { staleDays: 14, fewestStale: 2 },
  evaluate(facts, { staleDays, fewestStale }) {
    const { count, evidence } = facts.openWork;
    if (count === null) return unknown('a clone does not show open pull requests');
    const stale = evidence.rows.filter(
      ({ at }) => at !== null && (facts.asOf - at) / dayMs >= staleDays,
    );
    const [oldest] = stale;
    if (oldest === undefined || oldest.at === null || stale.length < fewestStale) return clear;
    const age = speakHours((facts.asOf - oldest.at) / 3_600_000);
    return found({
      severity: Math.min(70, 44 + stale.length * 2),
      sentence: `${countOf(stale.length, 'pull request')} of ${count} open ${stale.length === 1 ? 'has' : 'have'} been open for two weeks or longer, the oldest for ${age}.`,
      next: 'Close, split or finish them, oldest first.',
      figureIds: ['open_work'],
      evidence: {
        rows: stale,
        total: stale.length,
        totalIsLowerBound: evidence.totalIsLowerBound,
        order: 'oldest first',
      },
    });
  },
});
