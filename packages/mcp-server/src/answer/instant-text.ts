const maxInstant = 8.64e15;
const msPerDay = 86_400_000;
const msPerMinute = 60_000;
const minutesPerHour = 60;

// Instants of one answer lie on few days, and a calendar costs more than a clock.
const dayTexts = new Map<number, string>();
const daysKept = 1_000;

/** Returns an instant as UTC text to the minute, and as a bare day where it is midnight. */
export function instantText(instant: number): string;
export function instantText(instant: number | null): string | null;
export function instantText(instant: number | null): string | null {
  if (instant === null) return null;
  if (!Number.isFinite(instant) || Math.abs(instant) > maxInstant) return 'out of range';
  const day = Math.floor(instant / msPerDay);
  const minutes = Math.floor((instant - day * msPerDay) / msPerMinute);
  if (minutes === 0) return dayText(day);
  const hour = Math.floor(minutes / minutesPerHour);
  return `${dayText(day)}T${twoDigits(hour)}:${twoDigits(minutes % minutesPerHour)}Z`;
}

function dayText(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * msPerDay).toISOString().slice(0, -'T00:00:00.000Z'.length);
  if (dayTexts.size >= daysKept) dayTexts.clear();
  dayTexts.set(day, text);
  return text;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
