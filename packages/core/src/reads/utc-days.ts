export const dayMs = 86_400_000;

/** Returns the midnight at or before an instant. */
export function startOfDay(instant: number): number {
  return Math.floor(instant / dayMs) * dayMs;
}

/** Returns the first midnight at or after an instant. */
export function nextStartOfDay(instant: number): number {
  return Math.ceil(instant / dayMs) * dayMs;
}

/** Returns the day of an instant, as `2026-09-07`. */
export function dayText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
