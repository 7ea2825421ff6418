import type { Window } from '@adjutant/core/domain';
import { dayMs, formatDay } from '../format.ts';

/** The same length that the handle takes by itself, so that figures agree everywhere. */
export const defaultReportDays = 90;

/** What a report is made for. */
interface ReportMoment {
  now: number;
  days?: number | undefined;
  /** The zone that days are named in. */
  timeZone?: string;
}

/** The first and last thing known to have happened; null where nothing is known. */
export interface ActivitySpan {
  first: number | null;
  last: number | null;
}

/**
 * Returns the window of a report that was not given one: the last days, or, where nothing happened
 * in them, as many days that end with the last activity. It never begins before the history does,
 * because weeks before a repository existed are not weeks in which nothing was merged.
 */
export function chooseReportWindow(
  { first, last }: ActivitySpan,
  { now, days = defaultReportDays, timeZone = 'UTC' }: ReportMoment,
): { window: Window; note: string | null } {
  const isQuiet = last !== null && last < now - days * dayMs;
  const to = isQuiet ? last + 1 : now;
  const from = to - days * dayMs;
  const begins = first !== null && first > from && first < to ? first : null;
  const notes = [
    ...(isQuiet
      ? [`Nothing happened since ${formatDay(last, timeZone)}; the figures show the time before.`]
      : []),
    ...(begins === null ? [] : [`The history here begins on ${formatDay(begins, timeZone)}.`]),
    ...(last !== null && last > now + dayMs
      ? [`The newest commit is dated ${formatDay(last, timeZone)}, after today: a clock was wrong.`]
      : []),
  ];
  return {
    window: { from: begins ?? from, to },
    note: notes.length === 0 ? null : notes.join(' '),
  };
}
