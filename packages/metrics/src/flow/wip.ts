import { defineMetric } from '@adjutant/core/domain';
import { unknownOutcome } from '../outcome.ts';
import { noPercentiles } from '../percentile.ts';
import { fullDays } from '../week-buckets.ts';
import { countedItems } from '../work-items/counted-items.ts';
import {
  dailySeries,
  endOfWindow,
  phaseCaveats,
  rowsBefore,
  unknownPhases,
} from '../work-items/phase-counts.ts';
import { phaseColumns, phasesOf } from '../work-items/phases.ts';

export const wip = defineMetric({
  id: 'wip',
  title: 'Work in progress',
  unit: 'count',
  definition: `Work items that are started and not finished at the end of the window, or now where that is earlier; the series is their number at the end of each full day. An item is in progress from its first transition into progress on, as long as its status is neither done nor, after that, put back to not begun; a reopened item is in progress again from the reopening on. The past is replayed from the changes of status; an item without changes counts from its start to its end. What an earlier status meant is told by the items that are in it now, and by the changes with which items were begun and finished. ${countedItems} Days before anything is known are unknown, not 0.`,
  source: 'The Kanban Guide, work in progress: https://kanbanguides.org/',
  version: 1,
  subject: 'status_span',
  columns: phaseColumns,
  windowColumn: null,
  better: 'lower',
  compute({ columns, window, now }) {
    const phases = phasesOf(columns);
    const end = endOfWindow(window, now);
    const reason = unknownPhases(phases, end);
    if (reason !== null) return unknownOutcome(reason);
    const running = rowsBefore(phases.inProgress, end.at);
    const rows = end.isNow ? [...running, ...phases.sinceUnknown] : running;
    return {
      value: rows.length,
      ...noPercentiles,
      sampleSize: rows.length,
      series: dailySeries(fullDays(window, now), phases.inProgress, phases.firstAt),
      caveats: phaseCaveats(phases),
      evidence: rows,
    };
  },
});
