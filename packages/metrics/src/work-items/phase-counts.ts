import type { MetricPoint, Window } from '@adjutant/core/domain';
import { shareCaveat } from '../caveats.ts';
import { type Buckets, bucketOf, spanOfBucket } from '../week-buckets.ts';
import { leftOutCaveat, workItem } from './counted-items.ts';
import type { Phases, Stretches } from './phases.ts';

/** The instant that a figure "at the end of the window" is of. */
export interface EndOfWindow {
  /** What lasts up to here, and began before. */
  at: number;
  /** Whether the window reaches the present, of which more is known than of any earlier instant. */
  isNow: boolean;
}

/** Returns the end of the window, or now where that is earlier. */
export function endOfWindow(window: Window, now: number): EndOfWindow {
  // Now itself is inside; the end of a window is not.
  return window.to >= now ? { at: now + 1, isNow: true } : { at: window.to, isNow: false };
}

/** Returns the rows whose stretch was running just before an instant. */
export function rowsBefore({ from, to }: Stretches, at: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < from.length; row += 1) {
    if ((from[row] ?? Number.NaN) < at && at <= (to[row] ?? Number.NaN)) rows.push(row);
  }
  return rows;
}

/** Returns how many stretches ran at the end of each day; null before anything at all is known. */
export function dailySeries(days: Buckets, stretches: Stretches, firstAt: number): MetricPoint[] {
  const steps = new Int32Array(days.count + 1);
  for (let row = 0; row < stretches.from.length; row += 1) {
    const from = stretches.from[row] ?? Number.NaN;
    if (Number.isNaN(from)) continue;
    step(steps, days, from, 1);
    step(steps, days, stretches.to[row] ?? Number.NaN, -1);
  }
  let running = 0;
  return Array.from({ length: days.count }, (_, day) => {
    running += steps[day] ?? 0;
    const span = spanOfBucket(days, day);
    const isKnown = span.end > firstAt;
    return { ...span, value: isKnown ? running : null, sampleSize: isKnown ? running : 0 };
  });
}

/** An instant shows in the first day that ends after it. */
function step(steps: Int32Array, days: Buckets, instant: number, by: number): void {
  const isBefore = instant < (days.bounds[0] ?? Number.NaN);
  const day = isBefore ? 0 : bucketOf(days, instant);
  if (day >= 0) steps[day] = (steps[day] ?? 0) + by;
}

/** Why nothing can be said, or null where something can. */
export function unknownPhases(phases: Phases, end: EndOfWindow): string | null {
  if (phases.items === 0) {
    return phases.leftOut === 0
      ? 'No work item is known, so nothing can be said of any.'
      : 'Only epics and subtasks are known, which are not counted.';
  }
  if (!phases.tellsStarts || phases.untold === phases.items) {
    return 'No source shows which work items are begun: they are known only as open or closed, or without dates.';
  }
  if (phases.firstAt >= end.at && !(end.isNow && phases.sinceUnknown.length > 0)) {
    return 'Nothing is known of any work item from before the end of this window.';
  }
  return null;
}

/** What a reader must know of the items that could not be placed in time. */
export function phaseCaveats(phases: Phases): string[] {
  const { items, leftOut, untold, sinceUnknown, unnamed } = phases;
  return [
    ...leftOutCaveat(leftOut, items + leftOut),
    ...shareCaveat(untold, items, workItem, ['does', 'do'], notTold),
    ...shareCaveat(sinceUnknown.length, items, workItem, ['is', 'are'], unknownStart),
    ...(unnamed === 0 ? [] : [unnamedCaveat(unnamed)]),
  ];
}

const notTold =
  'not tell whether they are begun, or since when they are put back or finished: not counted.';
const unknownStart = 'in progress since an unknown instant: they count now and on no earlier day.';

function unnamedCaveat(stretches: number): string {
  const passed = stretches === 1 ? '1 earlier stretch' : `${stretches} earlier stretches`;
  return `${passed} passed in a status of which no item tells what it means; whether it was work or an end is not known, and it counts as work.`;
}
