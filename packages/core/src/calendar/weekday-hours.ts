import { createDaysByZone } from './days-by-zone.ts';
import { instantOfLocal, nextDay } from './local-time.ts';
import { isWeekday } from './weekday.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Returns the hours from one instant to another without Saturdays and Sundays of a time zone: what
 * people could have acted in. Whole weeks are counted, not walked through.
 * @unit hours
 */
export function weekdayHours(from: number, to: number, timeZone: string): number {
  if (to <= from) return 0;
  const weekMs = 7 * 24 * hourMs;
  const weeks = Math.floor((to - from) / weekMs);
  // A week that a clock change makes an hour longer or shorter does so in the night to a Sunday.
  const rest = from + weeks * weekMs;
  return weeks * 120 + weekdayMs(rest, to, timeZone) / hourMs;
}

function weekdayMs(from: number, to: number, timeZone: string): number {
  let sum = 0;
  let at = from;
  for (let number = dayNumber(from, timeZone); at < to; number += 1) {
    const { endAt, isWeekend } = knownDay(number, timeZone);
    const end = Math.min(to, endAt);
    if (!isWeekend) sum += Math.max(0, end - at);
    at = Math.max(at, end);
  }
  return sum;
}

/** Days since 1970 of an instant in a zone: that of UTC, or the one before or after. */
function dayNumber(at: number, timeZone: string): number {
  const inUtc = Math.floor(at / dayMs);
  if (at >= knownDay(inUtc, timeZone).endAt) return inUtc + 1;
  return at < knownDay(inUtc - 1, timeZone).endAt ? inUtc - 1 : inUtc;
}

interface KnownDay {
  endAt: number;
  isWeekend: boolean;
}

const knownDay = createDaysByZone(
  (day, timeZone): KnownDay => ({
    endAt: instantOfLocal(nextDay(day), '00:00', timeZone),
    isWeekend: !isWeekday(day),
  }),
);
