const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the calendar day of an instant in a time zone: `2026-11-21`. */
export function dayOf(at: number, timeZone: string): string {
  return localParts(at, timeZone).day;
}

/** Returns the time of day of an instant in a time zone: `22:05`. */
export function timeOf(at: number, timeZone: string): string {
  return localParts(at, timeZone).time;
}

/** Returns the day after a day. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Returns the instant of a day and time of day in a time zone; a time that a clock change skips, just after. */
export function instantOfLocal(day: string, time: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  // The offset at the guess may differ from the one at the answer, so it is looked up twice.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

function offsetAt(at: number, timeZone: string): number {
  const { day, time } = localParts(at, timeZone);
  return Date.parse(`${day}T${time}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

function localParts(at: number, timeZone: string): { day: string; time: string } {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((found) => found.type === type)?.value ?? '00';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
