import type { MetricPart } from '@adjutant/core/domain';
import { defineMetric } from '@adjutant/core/domain';
import { smallSampleCaveat } from '../caveats.ts';
import { noDecisionReason, peopleDecided } from '../decided-actions.ts';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { countPerBucket, countSeries, fullWeeks } from '../week-buckets.ts';

export const autoVsHitlCounts = defineMetric({
  id: 'auto_vs_hitl_counts',
  title: 'Actions decided by policy and by people',
  unit: 'count',
  definition:
    'Actions that were decided in the window, and as parts how many of them policy let run by itself (`auto`) and how many people decided, approval or refusal (`hitl`). What expired undecided is in neither. The ledger of actions is written here and always whole: a window without a decision is 0 where one from before it is known, and unknown otherwise.',
  source: 'Own definition, over the ledger of actions; the same as `actions.statistics`.',
  version: 1,
  subject: 'action',
  columns: ['decidedAt', 'byPolicy'],
  windowColumn: 'decidedAt',
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now, coverage }) {
    const all = columns.length;
    const isQuiet = all === 0 && coverage !== null && coverage.shownSince < window.from;
    if (all === 0 && !isQuiet) return unknownOutcome(noDecisionReason);
    const hitl = peopleDecided(columns.byPolicy).length;
    const weeks = fullWeeks(window, now);
    const part = (id: string, title: string, value: number): MetricPart => ({
      id,
      title,
      value,
      ...noPercentiles,
      sampleSize: value,
    });
    return {
      value: all,
      ...noPercentiles,
      sampleSize: all,
      parts: [
        part('auto', 'Let run by policy', all - hitl),
        part('hitl', 'Decided by people', hitl),
      ],
      series: countSeries(weeks, countPerBucket(weeks, columns.decidedAt)),
      caveats: [
        ...(isQuiet ? ['Decisions are known from before this window; none was made in it.'] : []),
        ...smallSampleCaveat(all, 'decision'),
      ],
      evidence: columns.decidedAt.map((_, row) => row),
    };
  },
});
