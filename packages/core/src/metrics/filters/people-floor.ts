/** Figures on fewer people than this are not told. */
export const fewestPeople = 5;

/** A row of a figure, with who stands behind it: null for bots and coding agents, who are nobody. */
export interface FloorRow {
  person: string | null;
}

/** One way to tell rows apart: those that a filter lets through, and those that it leaves out. */
export interface Division<Row extends FloorRow> {
  key: string;
  holds: (row: Row) => boolean;
}

/**
 * Returns which divisions of rows may be told, so that no figure on people is one of fewer than five.
 *
 * The rule: whatever is told cuts the rows into pieces, and every piece that any of the told answers
 * cut out together has no person behind it or at least five. What can be worked out from such answers
 * by adding, subtracting, or comparing which rows are behind them, is made of whole pieces. So this
 * holds for pairs of answers and for any number of them: a set of people and its complement, a set and
 * the same set with one more, overlapping sets, and labels inside of labels.
 *
 * The divisions are taken in the order given, and one that would cut out too small a piece is left
 * out: it depends on those before it and never on those behind. So an answer that was given stays
 * right whatever is asked later, as long as the order only grows at its end. `rows` are those of one
 * stretch of time that no told answer cuts through; `isKnownApart` cuts them before everything else.
 */
export function tellableDivisions<Row extends FloorRow>(
  rows: readonly Row[],
  divisions: readonly Division<Row>[],
  isKnownApart: (row: Row) => boolean = () => false,
): ReadonlySet<string> {
  const told = new Set<string>();
  let pieces: readonly number[] = rows.map((row) => (isKnownApart(row) ? 1 : 0));
  for (const { key, holds } of divisions) {
    const cut = cutPieces(rows, pieces, holds);
    if (!isEachOfMany(rows, cut)) continue;
    told.add(key);
    pieces = cut;
  }
  return told;
}

/** Returns how many people stand behind rows. */
export function countPeople(rows: Iterable<FloorRow>): number {
  const people = new Set<string>();
  for (const { person } of rows) if (person !== null) people.add(person);
  return people.size;
}

function cutPieces<Row extends FloorRow>(
  rows: readonly Row[],
  pieces: readonly number[],
  holds: (row: Row) => boolean,
): number[] {
  const numbers = new Map<number, number>();
  return rows.map((row, position) => {
    const key = (pieces[position] ?? 0) * 2 + (holds(row) ? 1 : 0);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

function isEachOfMany(rows: readonly FloorRow[], pieces: readonly number[]): boolean {
  const people = new Map<number, Set<string>>();
  for (const [position, { person }] of rows.entries()) {
    if (person === null) continue;
    const piece = pieces[position] ?? 0;
    const known = people.get(piece) ?? new Set<string>();
    // More than enough of them change nothing.
    if (known.size < fewestPeople) people.set(piece, known.add(person));
  }
  return [...people.values()].every((known) => known.size >= fewestPeople);
}
