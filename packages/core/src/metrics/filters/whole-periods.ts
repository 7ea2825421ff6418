import { calendarIn } from '../../calendar/calendar-in.ts';
import { dayOf } from '../../calendar/local-time.ts';
import type { Window } from '../../domain.ts';

const dayMs = 86_400_000;
/** The epoch began on a Thursday; the first Monday came four days later. */
const firstMonday = 4;
/** How many weeks a period of a figure on people has. */
export const weeksOfPeriod = 4;

/**
 * Returns the periods of four weeks of a window that have ended, by their first instants, and the
 * instant at which the last one ends. Fewer than two instants hold no period. They begin on fixed
 * Mondays of a zone, the same ones whatever window is asked about, and cut no week in two.
 */
export function wholePeriods(window: Window, now: number, timeZone: string): number[] {
  const ended = { from: window.from, to: Math.min(window.to, now) };
  if (ended.from >= ended.to) return [];
  return calendarIn(timeZone)
    .startsOf('week', ended)
    .filter((start) => weekOf(dayOf(start, timeZone)) % weeksOfPeriod === 0);
}

/** Returns the number of a week since the epoch, by its Monday. */
function weekOf(monday: string): number {
  return (Date.parse(`${monday}T00:00:00Z`) / dayMs - firstMonday) / 7;
}
