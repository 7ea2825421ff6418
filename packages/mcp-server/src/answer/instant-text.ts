const maxInstant = 8.64e15;

/** Returns an instant as UTC text to the minute, and as a bare day where it is midnight. */
export function instantText(instant: number): string;
export function instantText(instant: number | null): string | null;
export function instantText(instant: number | null): string | null {
  if (instant === null) return null;
  if (!Number.isFinite(instant) || Math.abs(instant) > maxInstant) return 'out of range';
  const text = new Date(instant).toISOString();
  const midnight = text.indexOf('T00:00:');
  return midnight > 0 ? text.slice(0, midnight) : text.replace(/:\d\d\.\d{3}Z$/, 'Z');
}
