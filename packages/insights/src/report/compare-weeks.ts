import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { Window } from '@adjutant/core/domain';
import { dayMs } from '../format.ts';
import type { Comparison } from './team-report.ts';

const weekMs = 7 * dayMs;
/** The epoch was a Thursday; weeks begin on Monday. */
const firstMonday = 4 * dayMs;
const weeksCompared = 4;

/** Metrics whose last four weeks are held against the four before, and against all of the window before. */
const comparedWith: Record<string, 'four_weeks' | 'rest_of_window'> = {
  throughput: 'four_weeks',
  first_commit_to_merge: 'rest_of_window',
  revert_share: 'rest_of_window',
};

/** Returns the last four full ISO weeks of a window. */
export function lastFourWeeks(window: Window): Window {
  const to = Math.floor((window.to - firstMonday) / weekMs) * weekMs + firstMonday;
  return { from: to - weeksCompared * weekMs, to };
}

/** Returns what the last four weeks are held against; null where the window does not reach back far enough. */
export function timeBefore(
  window: Window,
  against: 'four_weeks' | 'rest_of_window',
): Window | null {
  const { from: to } = lastFourWeeks(window);
  const firstWeek = Math.ceil((window.from - firstMonday) / weekMs) * weekMs + firstMonday;
  const from = against === 'four_weeks' ? to - weeksCompared * weekMs : firstWeek;
  return from < firstWeek || from >= to ? null : { from, to };
}

/** Returns the comparisons that the handle can make; one that it refuses is left out. */
export async function collectComparisons(
  handle: WorkspaceHandle,
  window: Window,
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const { id } of handle.listMetrics()) {
    const against = Object.hasOwn(comparedWith, id) ? comparedWith[id] : undefined;
    const before = against === undefined ? null : timeBefore(window, against);
    if (before === null) continue;
    try {
      const after = lastFourWeeks(window);
      const compared = await handle.compareMetric({
        metricId: id,
        before,
        after,
        withInterval: false,
      });
      comparisons.push({
        metricId: id,
        before: pick(compared.before),
        after: pick(compared.after),
      });
    } catch (error) {
      if (!AdjutantError.isInstance(error) || error.audience === 'bug') throw error;
    }
  }
  return comparisons;
}

function pick({ window, value, sampleSize, p50, p90 }: Comparison['before']): Comparison['before'] {
  return { window, value, sampleSize, p50, p90 };
}
