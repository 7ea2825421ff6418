import type { MetricPart, MetricPoint } from '@adjutant/core/domain';
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
import { phaseColumns, phasesOf, type Stretches } from '../work-items/phases.ts';

export const cumulativeFlow = defineMetric({
  id: 'cumulative_flow',
  title: 'Cumulative flow',
  unit: 'count',
  definition: `How many work items are not begun, in progress and done, one part each, at the end of the window and, as series, at the end of each full day; the value is their sum. The done ones are all that were finished up to then, also before the window. The bands are those of a cumulative flow diagram: their heights are counts, the band in progress is the work in progress. ${countedItems} Days before anything is known are unknown, not 0.`,
  source: 'The Kanban Guide, visualising flow: https://kanbanguides.org/',
  version: 1,
  subject: 'status_span',
  columns: phaseColumns,
  windowColumn: null,
  better: 'neutral',
  isDetail: true,
  compute({ columns, window, now }) {
    const phases = phasesOf(columns);
    const end = endOfWindow(window, now);
    const reason = unknownPhases(phases, end);
    if (reason !== null) return unknownOutcome(reason);
    const days = fullDays(window, now);
    const band = (
      id: string,
      title: string,
      stretches: Stretches,
      also: readonly number[] = [],
    ) => {
      const rows = [...rowsBefore(stretches, end.at), ...also];
      const series = dailySeries(days, stretches, phases.firstAt);
      return { part: bandPart(id, title, rows.length, series), rows };
    };
    const bands = [
      band('to_do', 'Not begun', phases.toDo),
      band('in_progress', 'In progress', phases.inProgress, end.isNow ? phases.sinceUnknown : []),
      band('done', 'Done', phases.done),
    ];
    const parts = bands.map(({ part }) => part);
    const rows = bands.flatMap((one) => one.rows);
    return {
      value: rows.length,
      ...noPercentiles,
      sampleSize: rows.length,
      parts,
      series: sumOf(parts.map(({ series }) => series ?? [])),
      caveats: phaseCaveats(phases),
      evidence: rows,
    };
  },
});

function bandPart(id: string, title: string, value: number, series: MetricPoint[]): MetricPart {
  return { id, title, value, sampleSize: value, ...noPercentiles, series };
}

function sumOf(bands: readonly MetricPoint[][]): MetricPoint[] {
  return (bands[0] ?? []).map(({ start, end }, day) => {
    const points = bands.map((band) => band[day]);
    const sampleSize = points.reduce((sum, point) => sum + (point?.sampleSize ?? 0), 0);
    const isKnown = points.every((point) => (point?.value ?? null) !== null);
    return { start, end, value: isKnown ? sampleSize : null, sampleSize };
  });
}
