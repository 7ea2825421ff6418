const dayMs = 86_400_000;

/** The first day that GitHub has reports of. */
const firstReportDay = '2025-10-10';
/** GitHub keeps reports for a year. */
const keptDays = 365;

/** Returns the day in UTC that an instant is in. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Returns the day so many days later; earlier where it is negative. */
export function addDays(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * dayMs);
}

/** Returns every day from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Returns the latest of some days. */
export function latestDay(...days: readonly string[]): string {
  return days.reduce((latest, day) => (day > latest ? day : latest));
}

/** Returns the first day to read: of those that GitHub keeps, none before an instant where one is given. */
export function firstDay(newest: string, since: number | null): string {
  const kept = latestDay(firstReportDay, addDays(newest, 1 - keptDays));
  return since === null ? kept : latestDay(kept, dayOf(since));
}
