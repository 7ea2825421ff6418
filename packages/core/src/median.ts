/** Returns the middle one of values; null where there are fewer than `fewest`. */
export function medianOf(values: readonly number[], fewest = 1): number | null {
  if (values.length < fewest || values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
