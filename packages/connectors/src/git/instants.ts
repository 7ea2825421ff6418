/** The last instant that a date can name: beyond it arithmetic on milliseconds is not exact. */
const maxSeconds = 8_640_000_000_000;

/**
 * Returns the instant of a git date, or null where it is missing or no date can name it. Second 0 is
 * null too: git and its importers write it for "unknown".
 */
export function toInstant(seconds: number | null): number | null {
  if (seconds === null || seconds <= 0 || seconds > maxSeconds) return null;
  return Math.trunc(seconds) * 1_000;
}
