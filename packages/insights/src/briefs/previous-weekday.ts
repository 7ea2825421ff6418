import { dayOf, isWeekday, startOfDay } from '@adjutant/core/ports';

const dayMs = 86_400_000;

/** Returns the beginning of the weekday before the day of an instant, in a time zone: of a Monday, Friday's. */
export function startOfPreviousWeekday(now: number, timeZone: string): number {
  // At noon no clock change moves a day's name.
  let noon = startOfDay(dayOf(now, timeZone), timeZone) + dayMs / 2;
  for (;;) {
    noon -= dayMs;
    const day = dayOf(noon, timeZone);
    if (isWeekday(day)) return startOfDay(day, timeZone);
  }
}
