/** Fills the whole target with whole numbers from 0 up to, without, the bound. */
export type FillRandomly = (target: Uint32Array, bound: number) => void;

/**
 * Returns a generator of numbers that are the same for the same seed: xorshift with 32 bits of state.
 * It fills blocks, because a call for each of the millions of draws of a forecast costs more than
 * the draw.
 */
export function createSeededFill(seed: number): FillRandomly {
  let state = scrambled(seed);
  return (target, bound) => {
    const scale = bound / 4_294_967_296;
    let bits = state;
    for (let position = 0; position < target.length; position += 1) {
      bits ^= bits << 13;
      bits ^= bits >>> 17;
      bits ^= bits << 5;
      target[position] = (bits >>> 0) * scale;
    }
    state = bits;
  };
}

/** Neighbouring seeds must begin far apart, and a state of 0 would stay 0. */
function scrambled(seed: number): number {
  let mixed = (seed + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed === 0 ? 1 : mixed;
}
