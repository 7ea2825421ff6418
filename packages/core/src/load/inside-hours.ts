import { instantOfLocal, nextDay } from '../calendar/local-time.ts';
import type { Window } from '../domain.ts';
import { weekdayOf } from '../calendar/weekday.ts';
import type { DeclaredHours } from './handle.ts';

const dayMs = 86_400_000;

/** Returns the stretches of a window that are somebody's declared hours, in order. */
export function stretchesOf(hours: DeclaredHours, window: Window): Window[] {
  const { timeZone, weekdays, fromTime, toTime } = hours;
  const stretches: Window[] = [];
  // A day more on both sides: no zone is further from UTC, and hours may go over midnight.
  const firstDay = new Date(window.from - 2 * dayMs).toISOString().slice(0, 10);
  const lastDay = new Date(window.to + dayMs).toISOString().slice(0, 10);
  for (let day = firstDay; day <= lastDay; day = nextDay(day)) {
    if (!weekdays.includes(weekdayOf(day))) continue;
    const endsOn = fromTime < toTime ? day : nextDay(day);
    stretches.push({
      from: instantOfLocal(day, fromTime, timeZone),
      to: instantOfLocal(endsOn, toTime, timeZone),
    });
  }
  return stretches;
}

/** Returns how many of some instants lie outside of all stretches. */
export function countOutside(instants: readonly number[], stretches: readonly Window[]): number {
  return instants.filter((at) => !stretches.some(({ from, to }) => at >= from && at < to)).length;
}
