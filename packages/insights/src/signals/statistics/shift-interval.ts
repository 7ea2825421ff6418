/** By how much one sample lies above another, and between what bounds. */
export interface ShiftInterval {
  shift: number;
  lower: number;
  upper: number;
}

/** Of more values than these every second, third … is taken: the bounds are narrow enough by then. */
const mostValues = 300;
/** Two-sided 95 %. */
const normalQuantile = 1.96;

/**
 * Returns the Hodges–Lehmann shift, the median of all differences, with the 95 % interval that the
 * Mann–Whitney test gives; null where either sample is empty.
 *
 * @source Hodges and Lehmann 1963, "Estimates of Location Based on Rank Tests"
 */
export function shiftInterval(
  first: readonly number[],
  second: readonly number[],
): ShiftInterval | null {
  const one = thinned(first);
  const other = thinned(second);
  const pairs = one.length * other.length;
  if (pairs === 0) return null;
  const differences = new Float64Array(pairs);
  for (const [row, value] of one.entries()) {
    for (const [column, less] of other.entries()) {
      differences[row * other.length + column] = value - less;
    }
  }
  differences.sort();
  const deviation = Math.sqrt((pairs * (one.length + other.length + 1)) / 12);
  const below = Math.max(0, Math.floor(pairs / 2 - normalQuantile * deviation));
  const at = (place: number): number => differences[Math.min(pairs - 1, Math.max(0, place))] ?? 0;
  return {
    shift: (at(Math.floor((pairs - 1) / 2)) + at(Math.floor(pairs / 2))) / 2,
    lower: at(below),
    upper: at(pairs - 1 - below),
  };
}

function thinned(values: readonly number[]): readonly number[] {
  const step = Math.ceil(values.length / mostValues);
  return step <= 1 ? values : values.filter((_, position) => position % step === 0);
}
