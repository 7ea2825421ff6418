/** Bounds of the bands, in changed lines: each band begins at its bound. */
const bands: readonly (readonly [from: number, name: string])[] = [
  [1_000, '1000 lines and more'],
  [250, '250 to 999 lines'],
  [50, '50 to 249 lines'],
  [10, '10 to 49 lines'],
  [0, 'under 10 lines'],
];

/** Returns the band of a size, in words; pull requests of unknown size are a band of their own. */
export function sizeBand(sizeLines: number | null): string {
  if (sizeLines === null) return 'size unknown';
  return bands.find(([from]) => sizeLines >= from)?.[1] ?? 'size unknown';
}
