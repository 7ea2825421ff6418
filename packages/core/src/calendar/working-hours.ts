import { createDaysByZone } from './days-by-zone.ts';
import { instantOfLocal } from './local-time.ts';
import { isWeekday } from './weekday.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
const opens = '09:00';
const closes = '17:00';
const hoursOfWeek = 40;

/**
 * Returns the hours from one instant to another in which people are at work: Monday to Friday, nine to
 * five of a time zone. Whole weeks are counted, not walked through.
 * @unit hours
 */
export function workingHours(from: number, to: number, timeZone: string): number {
  if (to <= from) return 0;
  const weeks = Math.floor((to - from) / weekMs);
  let sum = 0;
  const rest = from + weeks * weekMs;
  // A day of a zone may begin up to a day before or after that of UTC.
  for (
    let number = Math.floor(rest / dayMs) - 1;
    number <= Math.floor(to / dayMs) + 1;
    number += 1
  ) {
    const { openAt, closeAt } = workingDay(number, timeZone);
    sum += Math.max(0, Math.min(to, closeAt) - Math.max(rest, openAt));
  }
  return weeks * hoursOfWeek + sum / hourMs;
}

interface WorkingDay {
  openAt: number;
  closeAt: number;
}

/** The working time of a day; none at all on Saturdays and Sundays. */
const workingDay = createDaysByZone((day, timeZone): WorkingDay => {
  const openAt = instantOfLocal(day, opens, timeZone);
  return { openAt, closeAt: isWeekday(day) ? instantOfLocal(day, closes, timeZone) : openAt };
});
