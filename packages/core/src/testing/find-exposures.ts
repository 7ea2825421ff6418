/** An answer that somebody got, as whoever knows all rows sees it. */
export interface AskedAggregate {
  /** What was asked, for the message where it exposes somebody. */
  question: string;
  /** The rows that the figure is of, by their places: a sum or a mean gives away no more than these. */
  rows: readonly number[];
  /**
   * How each row counts, where not all count alike; 1 unless told. Given for a figure of which it is
   * the share of a row that a sum of answers reveals.
   */
  weights?: readonly number[];
  /** Whether it is one that everybody may see at any size, such as a figure of a repository. */
  isPublic?: boolean;
}

/** An answer that told something; what was refused is none. */
export interface ToldAggregate extends AskedAggregate {
  /** Places of rows that the answer names one by one, where it names them. */
  named?: readonly number[];
}

/** People who can be told apart by what was told. */
export interface Exposure {
  people: string[];
  how: 'alone' | 'combined' | 'by_rows';
  /** Which answers take part: the one, or all of them where only together they do. */
  questions: string[];
}

export interface ExposureOptions {
  /** Who stands behind each row; null for a bot, who is nobody. */
  peopleOfRows: readonly (string | null)[];
  fewestPeople?: number;
}

/** The largest prime below 2^26: products of two numbers below it are exact. */
const prime = 67_108_859;

/**
 * Returns who can be made out of answers taken together, by somebody who remembers all of them and
 * knows of each which rows it is of. It is exact: there is some sum of multiples of the answers that is
 * left with rows of a few people and of nobody else if, and only if, leaving out those people's rows
 * makes the answers depend on each other where they did not. Answers that name their rows are cut with
 * each other as well. Answers that everybody may see are free to combine with, and expose nobody alone.
 */
export function findExposures(
  told: readonly ToldAggregate[],
  { peopleOfRows, fewestPeople = 5 }: ExposureOptions,
): Exposure[] {
  const people = [...new Set(peopleOfRows)].filter((person) => person !== null).toSorted();
  const protectedOnes = told.filter(({ isPublic }) => isPublic !== true);
  if (protectedOnes.length === 0) return [];
  return [
    ...alone(protectedOnes, peopleOfRows, fewestPeople),
    ...combined(told, { people, peopleOfRows, fewestPeople }),
    ...byRows(told, peopleOfRows, fewestPeople),
  ];
}

function alone(
  told: readonly ToldAggregate[],
  peopleOfRows: readonly (string | null)[],
  fewestPeople: number,
): Exposure[] {
  return told.flatMap(({ question, rows }) => {
    const behind = peopleBehind(rows, peopleOfRows);
    const isFew = behind.length > 0 && behind.length < fewestPeople;
    return isFew ? [{ people: behind, how: 'alone' as const, questions: [question] }] : [];
  });
}

function combined(
  told: readonly ToldAggregate[],
  of: { people: readonly string[]; peopleOfRows: readonly (string | null)[]; fewestPeople: number },
): Exposure[] {
  const { people, peopleOfRows, fewestPeople } = of;
  const columns = distinctColumns(told, peopleOfRows);
  const publicOnes = told.map(({ isPublic }) => isPublic === true);
  const gainIn = (all: readonly Column[]) => {
    const whole = rankOf(all);
    return (hidden: ReadonlySet<string>): number =>
      whole - rankOf(all.filter(({ person }) => person === null || !hidden.has(person)));
  };
  const gain = gainIn(columns);
  const publicGain = gainIn(
    columns.map(({ person, values }) => ({
      person,
      values: values.filter((_, place) => publicOnes[place]),
    })),
  );
  return groupsOf(people, Math.min(fewestPeople - 1, people.length)).flatMap((group) => {
    const hidden = new Set(group);
    // What answers that everybody may see give away by themselves is no exposure by the others.
    const isExposed = gain(hidden) > publicGain(hidden);
    return isExposed
      ? [
          {
            people: [...group],
            how: 'combined' as const,
            questions: told.map((one) => one.question),
          },
        ]
      : [];
  });
}

interface Column {
  person: string | null;
  /** How much of the answers it is in, one number for each. */
  values: readonly number[];
}

/** Rows of one person that count alike in every answer are one. */
function distinctColumns(
  told: readonly ToldAggregate[],
  peopleOfRows: readonly (string | null)[],
): Column[] {
  const weightOf = told.map(
    ({ rows, weights }) => new Map(rows.map((row, place) => [row, modulo(weights?.[place] ?? 1)])),
  );
  const known = new Map<string, Column>();
  for (const [row, person] of peopleOfRows.entries()) {
    const values = weightOf.map((weights) => weights.get(row) ?? 0);
    if (values.some((value) => value !== 0))
      known.set(`${person} ${values.join()}`, { person, values });
  }
  return [...known.values()];
}

/** The rank of the columns over a prime field. */
function rankOf(columns: readonly Column[]): number {
  const answers = columns[0]?.values.length ?? 0;
  const pivots: { at: number; row: number[] }[] = [];
  for (const { values } of columns) {
    if (pivots.length === answers) break;
    const row = [...values];
    for (const pivot of pivots) subtract(row, pivot);
    const at = row.findIndex((value) => value !== 0);
    if (at === -1) continue;
    const inverse = power(row[at] ?? 1, prime - 2);
    pivots.push({ at, row: row.map((value) => (value * inverse) % prime) });
  }
  return pivots.length;
}

function subtract(row: number[], { at, row: pivot }: { at: number; row: number[] }): void {
  const factor = row[at] ?? 0;
  if (factor === 0) return;
  for (const [place, value] of pivot.entries()) {
    if (value !== 0) row[place] = modulo((row[place] ?? 0) - factor * value);
  }
}

function modulo(value: number): number {
  const rest = value % prime;
  return rest < 0 ? rest + prime : rest;
}

function power(base: number, exponent: number): number {
  let result = 1;
  let square = modulo(base);
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

/** Whether rows that answers name, cut with each other, are of few people. */
function byRows(
  told: readonly ToldAggregate[],
  peopleOfRows: readonly (string | null)[],
  fewestPeople: number,
): Exposure[] {
  const naming = told.flatMap((one) =>
    one.named === undefined ? [] : [{ one, named: new Set(one.named) }],
  );
  const found: Exposure[] = [];
  for (const left of naming) {
    for (const right of naming) {
      if (left.one.isPublic === true && right.one.isPublic === true) continue;
      for (const isIn of [true, false]) {
        const rows = [...left.named].filter((row) => right.named.has(row) === isIn);
        const behind = peopleBehind(rows, peopleOfRows);
        if (behind.length === 0 || behind.length >= fewestPeople) continue;
        const questions = [left.one.question, right.one.question];
        found.push({ people: behind, how: 'by_rows', questions });
      }
    }
  }
  return found;
}

function peopleBehind(rows: readonly number[], peopleOfRows: readonly (string | null)[]): string[] {
  const behind = rows.flatMap((row) => peopleOfRows[row] ?? []);
  return [...new Set(behind)].toSorted();
}

/** Every choice of so many people: whoever is exposed among fewer is exposed among these. */
function groupsOf(people: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return people.flatMap((person, place) =>
    groupsOf(people.slice(place + 1), size - 1).map((rest) => [person, ...rest]),
  );
}
