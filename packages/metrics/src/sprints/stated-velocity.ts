/** A velocity that somebody wrote down, in a unit of their own: `0.5` tasks per session. */
export interface StatedVelocity {
  value: number;
  /** What was counted: `task`, `point`. */
  unit: string;
  /** In what time: `session`, `sprint`. */
  per: string;
}

/**
 * Returns in how many sessions, sprints or whatever the velocity is per the completed work was done,
 * if the velocity is true: 1 task at 0.5 tasks per session took 2 sessions. The unit stays what it
 * was: tasks per session say nothing about points per sprint. Null where the velocity is 0 or below.
 */
export function impliedPeriods(
  completed: number,
  { value, per }: StatedVelocity,
): { count: number; unit: string } | null {
  if (!(value > 0) || !(completed >= 0)) return null;
  const count = completed / value;
  return Number.isFinite(count) ? { count, unit: per } : null;
}
