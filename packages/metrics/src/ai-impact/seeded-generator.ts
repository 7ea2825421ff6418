/** Gives numbers in [0, 1), the next with each call. */
export type Generator = () => number;

/** Returns a generator that gives the same numbers for the same seed (mulberry32). */
export function seededGenerator(seed: number): Generator {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Returns a whole number from 0 to below `count`. */
export function drawIndex(generator: Generator, count: number): number {
  return Math.min(count - 1, Math.floor(generator() * count));
}
