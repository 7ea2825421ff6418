/** Gives numbers in [0, 1), the next with each call. */
export type Generator = () => number;

/** Returns a whole number from 0 to below `count`. */
export function drawIndex(generator: Generator, count: number): number {
  return Math.min(count - 1, Math.floor(generator() * count));
}
