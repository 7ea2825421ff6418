import type { Activity } from './read-activity.ts';

/** Returns the middle value; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  if (upper === undefined) return null;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}

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
