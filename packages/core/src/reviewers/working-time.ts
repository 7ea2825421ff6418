import { dayOf, instantOfLocal, nextDay, timeOf } from '../calendar/local-time.ts';
import { isWeekday } from '../calendar/weekday.ts';

const opens = '09:00';
const closes = '17:00';
const daysAhead = 8;

/** Returns how long it is until somebody works in a time zone; 0 while they do, null where it is not known. @unit ms */
export function untilWorkingTime(at: number, timeZone: string | null): number | null {
  if (timeZone === null || !isTimeZone(timeZone)) return null;
  let day = dayOf(at, timeZone);
  const time = timeOf(at, timeZone);
  if (isWeekday(day) && time >= opens && time < closes) return 0;
  if (time >= opens) day = nextDay(day);
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    if (isWeekday(day)) return Math.max(0, instantOfLocal(day, opens, timeZone) - at);
    day = nextDay(day);
  }
  return null;
}

/** A source may tell a zone that nobody knows here. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
