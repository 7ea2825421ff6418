import { createHash } from 'node:crypto';

/** Above so many rows only one digest over all of them is kept. */
export const mostRowsKept = 200;

/** One row behind a figure, with a digest of the columns that were read of it. */
export type EvidenceDigest = [id: string, digest: string];

/** What made a figure, by position in the columns. */
export interface EvidenceColumns {
  ids: readonly string[];
  columns: Readonly<Record<string, readonly unknown[]>>;
  positions: ArrayLike<number>;
}

/** What is kept of the rows behind a figure. */
export interface EvidenceSummary {
  count: number;
  digest: string;
  /** The rows, where they are few; null where there are too many to keep. */
  rows(): EvidenceDigest[] | null;
}

/** Returns what tells, later on, whether the same rows with the same values are still there. */
export function summariseEvidence(evidence: EvidenceColumns): EvidenceSummary {
  const count = evidence.positions.length;
  const names = namesOf(evidence);
  if (count > mostRowsKept) {
    return { count, digest: digestOfColumns(evidence, names), rows: () => null };
  }
  const texts = rowTexts(evidence, names);
  return {
    count,
    digest: shortHash(`${names.join(',')}\n${texts.join('\n')}`, 22),
    rows: () => digestEach(evidence, texts),
  };
}

/** Returns every row with its digest, however many there are. */
export function digestRows(evidence: EvidenceColumns): EvidenceDigest[] {
  return digestEach(evidence, rowTexts(evidence, namesOf(evidence)));
}

function digestEach({ ids, positions }: EvidenceColumns, texts: string[]): EvidenceDigest[] {
  return texts.map((text, index) => [ids[positions[index] ?? -1] ?? '', shortHash(text, 8)]);
}

function rowTexts({ ids, columns, positions }: EvidenceColumns, names: string[]): string[] {
  return Array.from(positions, (position) =>
    JSON.stringify([ids[position], ...names.map((name) => columns[name]?.[position] ?? null)]),
  );
}

function namesOf({ columns }: EvidenceColumns): string[] {
  return Object.keys(columns)
    .filter((name) => name !== 'id')
    .toSorted();
}

/** Many rows are hashed by column: as text, each number would cost more than the figure. */
function digestOfColumns({ ids, columns, positions }: EvidenceColumns, names: string[]): string {
  const hash = createHash('sha256');
  hash.update(`${names.join(',')}\n${positions.length}\n`);
  hash.update(tailsOf(ids, positions));
  for (const name of names) {
    const values = columns[name] ?? [];
    const numbers = asNumbers(values, positions);
    hash.update(
      numbers ?? JSON.stringify(Array.from(positions, (position) => values[position] ?? null)),
    );
  }
  return hash.digest('base64url').slice(0, 22);
}

const tailCharacters = 12;

/**
 * Returns a number for each id, made of its last characters, which are the random ones: to join a
 * hundred thousand ids into one text would cost as much as to read their rows.
 */
function tailsOf(ids: readonly string[], positions: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const tails = new Uint32Array(positions.length);
  for (let index = 0; index < positions.length; index += 1) {
    const id = ids[positions[index] ?? -1] ?? '';
    let tail = 0;
    for (let at = Math.max(0, id.length - tailCharacters); at < id.length; at += 1) {
      tail = Math.imul(tail, 16_777_619) ^ id.charCodeAt(at);
    }
    tails[index] = tail;
  }
  return tails;
}

/** Returns a column of numbers and flags as bytes, unknown ones as NaN; null where it holds text. */
function asNumbers(
  values: readonly unknown[],
  positions: ArrayLike<number>,
): Float64Array<ArrayBuffer> | null {
  const numbers = new Float64Array(positions.length);
  for (let index = 0; index < positions.length; index += 1) {
    const value = values[positions[index] ?? -1] ?? null;
    if (typeof value === 'string') return null;
    numbers[index] = value === null ? Number.NaN : Number(value);
  }
  return numbers;
}

function shortHash(text: string, characters: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, characters);
}
