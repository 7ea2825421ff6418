import { medianOf } from '../median.ts';
import type { Activity } from './read-activity.ts';

/** Of one day: the repositories and items that were touched. */
export interface Touched {
  repositories: Set<string>;
  items: Set<string>;
}

/**
 * Returns what somebody touched on each day, by the place of the day among the days that begin at
 * `starts`. Days on which nothing was touched are absent.
 */
export function touchedByDay(
  activities: readonly Activity[],
  starts: readonly number[],
): Map<number, Touched> {
  const days = new Map<number, Touched>();
  for (const { at, place, isItem } of activities) {
    const day = starts.findLastIndex((start) => start <= at);
    const touched = days.get(day) ?? { repositories: new Set(), items: new Set() };
    (isItem ? touched.items : touched.repositories).add(place);
    days.set(day, touched);
  }
  return days;
}

/** Returns how many contexts there were on a middle day. */
export function contextsPerDay(days: ReadonlyMap<number, Touched>): number | null {
  return medianOf(
    [...days.values()].map(({ repositories, items }) => repositories.size + items.size),
  );
}
