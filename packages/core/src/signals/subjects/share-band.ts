import { fewestPeople } from '../../metrics/filters/people-floor.ts';

/**
 * Returns the largest share that one person has, rounded down to a tenth: an exact one would be a figure
 * of that person. Null where fewer than five people have any, for then even a band tells of a few.
 */
export function largestShareBand(counts: readonly number[]): number | null {
  const those = counts.filter((count) => count > 0);
  if (those.length < fewestPeople) return null;
  const all = those.reduce((sum, count) => sum + count, 0);
  // What a division makes a little less than a tenth is that tenth.
  return Math.floor((Math.max(...those) / all) * 10 + 1e-9) / 10;
}
