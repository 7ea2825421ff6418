// The least that one metric by team and week can cost: its columns as one JSON value each, then
// typed arrays, a counting group by week and the sort of each week's values. No project code.
import type { Client } from '@libsql/client';

/* oxlint-disable typescript/no-non-null-assertion -- plain arithmetic: a check per element would slow the floor. */
const weekMs = 604_800_000;

export type Column = readonly (number | string | null)[];

/** Reads columns of rows, in the order of the names. */
export async function readJsonColumns(
  client: Client,
  names: readonly string[],
  from: string,
  args: (string | number)[],
): Promise<Column[]> {
  const list = names.map((name) => `json_group_array(${name})`).join(', ');
  const { rows } = await client.execute({ sql: `select ${list} from ${from}`, args });
  return names.map((_, position) => JSON.parse(rows[0]?.[position] as string) as Column);
}

/** The median of each week and the percentiles of all; with `counts`, only how many each week has. */
export function groupByWeek(
  instants: Column,
  given: Column,
  window: { from: number; to: number },
  counts: boolean,
): number[] {
  const weeks = Math.ceil((window.to - window.from) / weekMs);
  const values = Float64Array.from(given as number[], (value) =>
    typeof value === 'number' ? value : Number.NaN,
  );
  const week = new Int32Array(values.length);
  const ends = new Uint32Array(weeks + 1);
  for (let row = 0; row < values.length; row += 1) {
    const index = Math.floor(((instants[row] as number) - window.from) / weekMs);
    week[row] = index >= 0 && index < weeks && (counts || values[row]! >= 0) ? index : -1;
    if (week[row]! >= 0) ends[week[row]! + 1]! += 1;
  }
  for (let index = 1; index <= weeks; index += 1) ends[index]! += ends[index - 1]!;
  if (counts) return Array.from(ends);
  const starts = ends.slice();
  const grouped = new Float64Array(ends[weeks]!);
  for (let row = 0; row < values.length; row += 1) {
    if (week[row]! >= 0) grouped[ends[week[row]!]!++] = values[row]!;
  }
  const all = grouped.slice();
  all.sort();
  const medians = Array.from({ length: weeks }, (_, index) => {
    const slice = grouped.subarray(starts[index], starts[index + 1]);
    slice.sort();
    return slice[Math.floor(slice.length / 2)] ?? Number.NaN;
  });
  return [
    ...medians,
    ...[0.5, 0.75, 0.9].map((share) => all[Math.floor(share * (all.length - 1))]!),
  ];
}
