import type { AiImpactRow, Window } from '@adjutant/core/domain';
import { weekMs } from '../week-buckets.ts';
import { hidesPeople } from './people-floor.ts';

/** The epoch began on a Thursday; the first Monday came four days later. */
const firstMonday = (4 * weekMs) / 7;

/**
 * Returns the whole weeks that a window touches, Monday 00:00 UTC to Monday. The week that `now` is in
 * is not over and stays out; where no week is over, the window is empty.
 */
export function wholeWeeks(window: Window, now: number): Window {
  const from = mondayUpTo(window.from);
  const lastEnd = mondayUpTo(now);
  const to = Math.min(lastEnd, mondayUpTo(window.to + weekMs - 1));
  return { from, to: Math.max(from, to) };
}

function mondayUpTo(instant: number): number {
  return Math.floor((instant - firstMonday) / weekMs) * weekMs + firstMonday;
}

/** A week and the pull requests merged in it. */
export interface WeekOfRows {
  start: number;
  end: number;
  rows: AiImpactRow[];
}

/** Returns each week of whole weeks with its rows; rows outside of them are in none. */
export function rowsByWeek(rows: readonly AiImpactRow[], weeks: Window): WeekOfRows[] {
  const count = Math.max(0, Math.round((weeks.to - weeks.from) / weekMs));
  const found: WeekOfRows[] = Array.from({ length: count }, (_, place) => {
    const start = weeks.from + place * weekMs;
    return { start, end: start + weekMs, rows: [] };
  });
  for (const row of rows) {
    if (row.isOpen || row.mergedAt === null) continue;
    found[Math.floor((row.mergedAt - weeks.from) / weekMs)]?.rows.push(row);
  }
  return found;
}

/**
 * Returns the weeks from the first to the last in which enough people merged. Two windows that differ
 * then differ by a week of five people or more; without such a week the window is empty.
 */
export function betweenFullWeeks(rows: readonly AiImpactRow[], weeks: Window): Window {
  const full = rowsByWeek(rows, weeks).filter((week) => hidesPeople(week.rows));
  const from = full[0]?.start ?? weeks.from;
  return { from, to: full.at(-1)?.end ?? from };
}
