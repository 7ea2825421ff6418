import { instantOfLocal } from './local-time.ts';

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

const mostKnown = 5_000;
/** The same few days are asked for again and again, and an instant of a zone is dear to find. */
const knownDays = new Map<string, Map<number, WorkingDay>>();

/** The working time of a day, counted from 1970; none at all on Saturdays and Sundays. */
function workingDay(number: number, timeZone: string): WorkingDay {
  let ofZone = knownDays.get(timeZone);
  if (ofZone === undefined || ofZone.size >= mostKnown) {
    ofZone = new Map();
    knownDays.set(timeZone, ofZone);
  }
  const known = ofZone.get(number);
  if (known !== undefined) return known;
  const date = new Date(number * dayMs);
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const text = date.toISOString().slice(0, 10);
  const openAt = instantOfLocal(text, opens, timeZone);
  const day = { openAt, closeAt: isWeekend ? openAt : instantOfLocal(text, closes, timeZone) };
  ofZone.set(number, day);
  return day;
}
