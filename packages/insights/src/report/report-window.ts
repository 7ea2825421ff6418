import type { RepositorySummary } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { dayMs, formatDay } from '../format.ts';

/** The same length that the handle takes by itself, so that figures agree everywhere. */
export const defaultReportDays = 90;

/**
 * Returns the window of a report that was not given one: the last ninety days, or, where nothing
 * happened in them, the ninety days that end with the last commit, and a note that says so.
 */
export function chooseReportWindow(
  repositories: readonly RepositorySummary[],
  now: number,
): { window: Window; note: string | null } {
  const recent = { from: now - defaultReportDays * dayMs, to: now };
  const lasts = repositories.flatMap(({ lastCommitAt }) => lastCommitAt ?? []);
  const last = Math.max(...lasts, Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(last) || last >= recent.from) {
    const isAhead = Number.isFinite(last) && last > now + dayMs;
    const ahead = `The newest commit is dated ${formatDay(last)}, after today: a clock was wrong.`;
    return { window: recent, note: isAhead ? ahead : null };
  }
  const to = last + 1;
  const note = `Nothing was committed since ${formatDay(last)}; the figures show the ${defaultReportDays} days before.`;
  return { window: { from: to - defaultReportDays * dayMs, to }, note };
}
