import { dayOf, instantOfLocal, nextDay } from '../calendar/local-time.ts';

const hourMs = 3_600_000;
const mostDays = 400;

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
  for (let day = dayOf(from, timeZone), walked = 0; at < to && walked < mostDays; walked += 1) {
    const next = nextDay(day);
    const end = Math.min(to, instantOfLocal(next, '00:00', timeZone));
    if (!isWeekend(day)) sum += Math.max(0, end - at);
    at = Math.max(at, end);
    day = next;
  }
  return sum;
}

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}
