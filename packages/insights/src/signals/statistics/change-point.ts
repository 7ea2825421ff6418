/** Where a row of values most likely changed its level. */
export interface ChangePoint {
  /** How many values lie before it. */
  position: number;
  /** How likely a change so clear is without any, at most. */
  chance: number;
}

/**
 * Returns the most likely single change of level in values given in order: Pettitt's test, which looks at
 * ranks alone, so that single values far out do not make one. Null for fewer than two values.
 *
 * @source Pettitt 1979, "A Non-Parametric Approach to the Change-Point Problem"
 */
export function findChangePoint(values: readonly number[]): ChangePoint | null {
  const count = values.length;
  if (count < 2) return null;
  const ranks = ranksOf(values);
  let sum = 0;
  let best = { position: 0, size: -1 };
  for (let position = 1; position < count; position += 1) {
    sum += ranks[position - 1] ?? 0;
    const size = Math.abs(2 * sum - position * (count + 1));
    if (size > best.size) best = { position, size };
  }
  const chance = 2 * Math.exp((-6 * best.size ** 2) / (count ** 3 + count ** 2));
  return { position: best.position, chance: Math.min(1, chance) };
}

/** Ranks from 1; equal values share the middle one of theirs. */
function ranksOf(values: readonly number[]): Float64Array {
  const order = [...values.keys()].toSorted(
    (one, other) => (values[one] ?? 0) - (values[other] ?? 0),
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (let place = start; place < end; place += 1)
      ranks[order[place] ?? 0] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}
