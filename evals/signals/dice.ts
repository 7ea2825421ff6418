import { seededRandom } from '@adjutant/core/domain';

/** Numbers that depend on a seed alone. */
export interface Dice {
  /** From 0 inclusive to 1 exclusive. */
  next(): number;
  /** From `low` to `high`. */
  between(low: number, high: number): number;
  /** Whole, both ends included. */
  whole(low: number, high: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  /** Some of them, in an order of their own. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

export function createDice(seed: number): Dice {
  const next = seededRandom(seed);
  const dice: Dice = {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    oneOf(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('There is nothing to choose from.');
      return item;
    },
    chance: (probability) => next() < probability,
    some(items, count) {
      const order = items.map((item) => ({ item, at: next() }));
      return order
        .toSorted((one, other) => one.at - other.at)
        .slice(0, count)
        .map(({ item }) => item);
    },
  };
  return dice;
}
