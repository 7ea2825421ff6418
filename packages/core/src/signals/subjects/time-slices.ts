/**
 * Yields stretches of time in order, from (inclusive) to (exclusive). Rows of months, read in one go,
 * would stop the event loop for longer than those of a week.
 */
export function* timeSlices(
  from: number,
  to: number,
  lengthMs: number,
): Generator<{ from: number; to: number }> {
  for (let start = from; start < to; start += lengthMs) {
    yield { from: start, to: Math.min(to, start + lengthMs) };
  }
}
