import type { MetricPart, Window } from '@adjutant/core/domain';
import { defineMetric } from '@adjutant/core/domain';
import { shareCaveat, smallSampleCaveat } from '../caveats.ts';
import { summarizeHours } from '../durations.ts';
import { unknownOutcome } from '../outcome.ts';
import { nearestRank, noPercentiles } from '../percentile.ts';
import { dayMs } from '../week-buckets.ts';
import { countedItems, isCountedKind, workItem } from '../work-items/counted-items.ts';
import {
  endOfWindow,
  phaseCaveats,
  rowsBefore,
  unknownPhases,
} from '../work-items/phase-counts.ts';
import { type PhaseColumns, phaseColumns, phasesOf } from '../work-items/phases.ts';

export const workItemAge = defineMetric({
  id: 'work_item_age',
  title: 'Age of work in progress',
  unit: 'hours',
  definition: `How long ago the work items that are in progress at the end of the window, or now where that is earlier, first came into progress: elapsed calendar time, nights, weekends and waiting included. A reopened item is as old as its first start makes it. The parts are how many are of which age, and how many are older than 85 % of the items finished in the window took from start to finish (by nearest rank): those that need attention first. ${countedItems}`,
  source: 'The Kanban Guide, work item age: https://kanbanguides.org/',
  version: 1,
  subject: 'status_span',
  columns: phaseColumns,
  windowColumn: null,
  better: 'lower',
  isDetail: true,
  compute({ columns, window, now }) {
    const phases = phasesOf(columns);
    const end = endOfWindow(window, now);
    const reason = unknownPhases(phases, end);
    if (reason !== null) return unknownOutcome(reason);
    const running = rowsBefore(phases.inProgress, end.at);
    const all = running.length + (end.isNow ? phases.sinceUnknown.length : 0);
    if (all === 0) return unknownOutcome('No work item is in progress, so none has an age.');
    const startedAt = (row: number) => columns.startedAt[row] ?? Number.NaN;
    // Oldest first: whoever asks for the rows wants to see what has been in progress longest.
    const rows = running
      .filter((row) => !Number.isNaN(startedAt(row)))
      .toSorted((left, right) => startedAt(left) - startedAt(right) || left - right);
    const at = Math.min(window.to, now);
    const ages = Float64Array.from(rows, (row) => at - startedAt(row));
    const noStart = shareCaveat(all - rows.length, all, inProgress, ['has', 'have'], noKnownStart);
    const caveats = [...noStart, ...phaseCaveats(phases)];
    if (rows.length === 0) return { ...unknownOutcome(''), caveats };
    const { sampleSize, ...percentiles } = summarizeHours(ages);
    return {
      value: percentiles.p50,
      ...percentiles,
      sampleSize,
      parts: [...bandsOf(ages), ...agingPart(ages, finishedIn(columns, window))],
      caveats: [...caveats, ...smallSampleCaveat(sampleSize, inProgress)],
      evidence: rows,
    };
  },
});

const inProgress = `running ${workItem}`;
const noKnownStart = 'no known start, and so no known age.';

/** Age bands; an age on a border belongs to the younger band. */
const bands = [
  { id: 'up_to_1_day', title: 'Up to 1 day', days: 1 },
  { id: 'up_to_7_days', title: 'Over 1 and up to 7 days', days: 7 },
  { id: 'up_to_14_days', title: 'Over 7 and up to 14 days', days: 14 },
  { id: 'up_to_30_days', title: 'Over 14 and up to 30 days', days: 30 },
  { id: 'over_30_days', title: 'Over 30 days', days: Number.POSITIVE_INFINITY },
];

function bandsOf(ages: Float64Array): MetricPart[] {
  return bands.map(({ id, title, days }, band) => {
    const over = (bands[band - 1]?.days ?? Number.NEGATIVE_INFINITY) * dayMs;
    const count = ages.filter((age) => age > over && age <= days * dayMs).length;
    return countPart(id, title, count, ages.length);
  });
}

/** How many are older than nearly all finished items became; no part where none was finished. */
function agingPart(ages: Float64Array, finished: Float64Array): MetricPart[] {
  const limit = nearestRank(finished, 0.85);
  if (limit === null) return [];
  const count = ages.filter((age) => age > limit).length;
  const days = Math.round((limit / dayMs) * 10) / 10;
  const title = `Older than the ${days} days within which 85 % of the finished ones were done`;
  return [countPart('aging', title, count, ages.length)];
}

function countPart(id: string, title: string, value: number, sampleSize: number): MetricPart {
  return { id, title, unit: 'count', value, sampleSize, ...noPercentiles };
}

/** From start to finish, of what was finished in the window. @unit milliseconds */
function finishedIn(columns: PhaseColumns, window: Window): Float64Array {
  const durations: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const isPresent = (columns.to[row] ?? null) === null;
    if (!isPresent || columns.isDone[row] !== true || !isCountedKind(columns.kind[row])) continue;
    const doneAt = columns.doneAt[row] ?? Number.NaN;
    const duration = doneAt - (columns.startedAt[row] ?? Number.NaN);
    if (doneAt >= window.from && doneAt < window.to && duration >= 0) durations.push(duration);
  }
  return Float64Array.from(durations);
}
