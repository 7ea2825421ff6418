const maxInstant = 8.64e15;

/** Returns an instant as UTC text to the minute, and as a bare day where it is midnight. */
export function instantText(instant: number): string;
export function instantText(instant: number | null): string | null;
export function instantText(instant: number | null): string | null {
  if (instant === null) return null;
  if (!Number.isFinite(instant) || Math.abs(instant) > maxInstant) return 'out of range';
  const text = new Date(instant).toISOString();
  const day = text.slice(0, -'T00:00:00.000Z'.length);
  const time = text.slice(day.length, -':00.000Z'.length);
  return time === 'T00:00' ? day : `${day}${time}Z`;
}
