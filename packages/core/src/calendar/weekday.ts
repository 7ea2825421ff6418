/** Returns the day of the week of a calendar day; 1 is Monday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** Returns whether a calendar day is none of Saturday and Sunday. */
export function isWeekday(day: string): boolean {
  return weekdayOf(day) <= 5;
}
