import { seededRandom } from '@adjutant/core/domain';

export interface Random {
  /** A number from 0 inclusive to 1 exclusive. */
  next(): number;
  /** An integer from `low` to `high`, both inclusive. */
  integer(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  /** A log-normal value with the given median: what durations of work look like. */
  duration(median: number, spread: number): number;
}

/** Returns a generator whose numbers depend on the seed alone. */
export function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('Nothing to pick from.');
      return item;
    },
    chance: (probability) => next() < probability,
    duration: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
  };
}
