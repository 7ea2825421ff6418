/** As in Cormack, Clarke and Buettcher (2009): the first places count, without drowning the others. */
const smoothing = 60;

/** Returns several rankings as one, by reciprocal rank: what stands high in any of them stands high. */
export function fuseReciprocally<Item>(
  rankings: readonly (readonly Item[])[],
  keyOf: (item: Item) => string,
): Item[] {
  const fused = new Map<string, { item: Item; sum: number }>();
  for (const ranking of rankings) {
    for (const [rank, item] of ranking.entries()) {
      const key = keyOf(item);
      const entry = fused.get(key) ?? { item, sum: 0 };
      entry.sum += 1 / (smoothing + rank + 1);
      fused.set(key, entry);
    }
  }
  return [...fused.values()]
    .toSorted((left, right) => right.sum - left.sum)
    .map(({ item }) => item);
}
