/** The first instant after the rows of the team: a Monday on which a period of four weeks ends. */
export const teamNow: number = Date.UTC(2026, 8, 28);
/** How many days of the team there are. */
export const teamDays = 56;
/** The source that shows the team. */
export const teamSource = 'forge';

/** Returns the instant of an hour on one of the days. */
export function teamInstant(day: number, hour: number): number {
  return teamNow - (teamDays - day) * 86_400_000 + hour * 3_600_000;
}
