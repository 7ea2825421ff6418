const msPerHour = 3_600_000;

/** Returns the figure with at most so many decimals; null for null and for what is no number. */
export function rounded(value: number | null, decimals = 2): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/** Returns hours with one decimal, and whole hours from a hundred on. */
export function leanHours(hours: number | null): number | null {
  return rounded(hours, hours !== null && Math.abs(hours) >= 100 ? 0 : 1);
}

/** Returns how many hours before `asOf` an instant lies; null for null. */
export function hoursBefore(instant: number | null, asOf: number): number | null {
  return instant === null ? null : leanHours((asOf - instant) / msPerHour);
}

/** Returns milliseconds as hours with two decimals. */
export function hoursFromMs(milliseconds: number | null): number | null {
  return milliseconds === null ? null : rounded(milliseconds / msPerHour);
}
