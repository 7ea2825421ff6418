import type { MetricUnit, Window } from '@adjutant/core/domain';
import { dayOf } from '@adjutant/core/ports';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** What stands wherever a number is not known. Never 0. */
export const unknownLabel = 'unknown';

/** Returns a number with at most so many decimals and thousands parted by a comma. */
export function formatNumber(value: number, decimals = 0): string {
  const fixed = value.toFixed(decimals);
  const trimmed = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  const [whole = '0', fraction] = trimmed.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Returns a duration as a person says it: `25 min`, `13.3 h`, `4.2 d`, `120 d`. @unit hours */
export function formatHours(hours: number): string {
  const size = Math.abs(hours);
  if (size < 1 / 60) return size === 0 ? '0 min' : '< 1 min';
  if (size < 1) return `${formatNumber(hours * 60)} min`;
  if (size < 48) return `${formatNumber(hours, 1)} h`;
  return formatDays(hours / 24);
}

/** Returns a number of days: `4.2 d`, from 100 on without a fraction. */
export function formatDays(days: number): string {
  return `${formatNumber(days, Math.abs(days) < 100 ? 1 : 0)} d`;
}

/** Returns a duration in words for a sentence: `40 minutes`, `13 hours`, `4 days`. @unit hours */
export function speakHours(hours: number): string {
  if (hours < 1) return countOf(Math.max(1, Math.round(hours * 60)), 'minute');
  if (hours < 48) return countOf(Math.round(hours), 'hour');
  return countOf(Math.round(hours / 24), 'day');
}

/** Returns a share of 1 as a percentage. What is small but not none never reads 0 %, nor the reverse 100 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  const decimals = percent < 10 || (percent > 99 && percent < 100) ? 1 : 0;
  return `${formatNumber(percent, decimals)} %`;
}

const formatByUnit: Record<MetricUnit, (value: number) => string> = {
  ms: (value) => formatHours(value / hourMs),
  hours: formatHours,
  days: formatDays,
  per_day: (value) => `${formatNumber(value, 2)} / day`,
  per_week: (value) => `${formatNumber(value, 1)} / week`,
  count: (value) => formatNumber(value, 1),
  share: formatShare,
};

/** True for lengths of time: they are drawn as a line, and their spread is told. */
export function isDurationUnit(unit: MetricUnit): boolean {
  return unit === 'ms' || unit === 'hours' || unit === 'days';
}

/** Returns a figure in its unit; `unknown` for null. */
export function formatFigure(value: number | null, unit: MetricUnit): string {
  return value === null ? unknownLabel : formatByUnit[unit](value);
}

/** Returns `1 merge`, `4,012 merges`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

const lastInstantMs = 8.64e15;

/** Returns the day of an instant in a time zone, `2026-11-21`; in UTC unless told. */
export function formatDay(instant: number, timeZone = 'UTC'): string {
  if (Math.abs(instant) > lastInstantMs) return unknownLabel;
  return timeZone === 'UTC'
    ? new Date(instant).toISOString().slice(0, 10)
    : dayOf(instant, timeZone);
}

/** Returns the UTC minute of an instant, `2026-11-21 09:30`. */
export function formatMinute(instant: number): string {
  if (Math.abs(instant) > lastInstantMs) return unknownLabel;
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}

/** Returns the minute of an instant in a time zone, which it names: `2026-11-21 10:30 (Europe/Berlin)`. */
export function formatMoment(instant: number, timeZone: string): string {
  if (timeZone === 'UTC') return `${formatMinute(instant)} UTC`;
  if (Math.abs(instant) > lastInstantMs) return unknownLabel;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
  return `${dayOf(instant, timeZone)} ${clock.format(instant)} (${timeZone})`;
}

/** Returns the days of a window in a time zone, first and last both inside it; in UTC unless told. */
export function formatWindow({ from, to }: Window, timeZone?: string): string {
  return `${formatDay(from, timeZone)} to ${formatDay(Math.max(from, to - 1), timeZone)}`;
}

/** Returns `a`, `a and b`, `a, b and 3 more`. */
export function listNames(names: readonly string[], shown = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= shown) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const kept = Math.max(1, shown - 1);
  return `${names.slice(0, kept).join(', ')} and ${names.length - kept} more`;
}
