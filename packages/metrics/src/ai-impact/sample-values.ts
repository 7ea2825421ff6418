import { drawIndex, type Generator } from './draw-index.ts';

/**
 * Returns the items as they are, or a sample of them without repeats where there are more than
 * `limit`: the same one for the same items, order and generator. The given array stays as it is.
 */
export function sampleItems<Item>(
  items: readonly Item[],
  limit: number,
  generator: Generator,
): readonly Item[] {
  if (items.length <= limit) return items;
  const pool = [...items];
  for (let place = 0; place < limit; place += 1) {
    const other = place + drawIndex(generator, pool.length - place);
    const held = pool[place] as Item;
    pool[place] = pool[other] as Item;
    pool[other] = held;
  }
  return pool.slice(0, limit);
}
