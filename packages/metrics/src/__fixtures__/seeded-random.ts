export { seededRandom } from '@adjutant/core/domain';

/** A new order of the items, the same for the same random numbers. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}
