/** A secret and the line it stands in. */
export type HeldOutRow = readonly [
  id: string,
  value: string,
  textAround: (value: string) => string,
];
