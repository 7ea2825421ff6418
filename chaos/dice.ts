/** Chance that falls the same way each time that it begins with the same seed. */
export interface Dice {
  /** From 0 up to the bound. */
  below(bound: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
}

export function createDice(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return {
    below: (bound) => next() * bound,
    oneOf(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('There is nothing to choose from.');
      return item;
    },
  };
}
