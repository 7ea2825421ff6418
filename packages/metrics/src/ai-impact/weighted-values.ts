/** Values in ascending order, each counted as often as its weight says. No weight is 0. */
export interface WeightedValues {
  values: Float64Array;
  weights: Float64Array;
  /** Sum of the weights. */
  total: number;
}

/** Returns values that each count once. Unknown values must not be among them. */
export function equallyWeighted(values: ArrayLike<number>): WeightedValues {
  const sorted = Float64Array.from(values).toSorted();
  return { values: sorted, weights: new Float64Array(sorted.length).fill(1), total: sorted.length };
}

/** Returns the median, each value counted by its weight; null of no values. */
export function weightedMedian({ values, weights, total }: WeightedValues): number | null {
  if (total === 0) return null;
  const lowerRank = Math.floor((total - 1) / 2);
  const upperRank = Math.floor(total / 2);
  let passed = 0;
  let lower: number | null = null;
  for (let row = 0; row < values.length; row += 1) {
    passed += weights[row] ?? 0;
    const value = values[row] ?? Number.NaN;
    if (lower === null && passed > lowerRank) lower = value;
    if (lower !== null && passed > upperRank) return (lower + value) / 2;
  }
  return lower;
}
