import type { EvidenceDigest } from './evidence-digest.ts';
import type { CitationChange } from './handle.ts';

export interface MatchedRows {
  /** What became of each row that makes the figure now, in their order. */
  changes: CitationChange[];
  /** Ids of the rows that no longer do. */
  gone: string[];
}

/**
 * Returns what became of the rows of a figure. One id may stand for several rows, such as the
 * stretches of a work item; `valuesCompare` is false where other columns are read now.
 */
export function matchRows(
  cited: readonly EvidenceDigest[],
  present: readonly EvidenceDigest[],
  valuesCompare: boolean,
): MatchedRows {
  const left = new Map<string, string[]>();
  for (const [id, digest] of cited) left.set(id, [...(left.get(id) ?? []), digest]);
  const changes = present.map(([id, digest]): CitationChange => {
    const digests = left.get(id);
    const found = digests?.indexOf(digest) ?? -1;
    if (digests === undefined || found < 0) return 'added';
    digests.splice(found, 1);
    return 'same';
  });
  for (const [position, [id]] of present.entries()) {
    if (changes[position] === 'added' && left.get(id)?.pop() !== undefined) {
      changes[position] = valuesCompare ? 'changed' : null;
    }
  }
  return { changes, gone: [...left].flatMap(([id, digests]) => digests.map(() => id)) };
}

/** A row to show: one of those behind the figure now, or the id of one that no longer is. */
export interface ListedRow {
  gone: string | null;
  index: number;
  change: CitationChange;
}

/** Returns the rows of both sides, those that differ first. */
export function listRows(
  matched: MatchedRows | null,
  count: number,
  isEqual: boolean,
): ListedRow[] {
  const gone = (matched?.gone ?? []).map(
    (id): ListedRow => ({ gone: id, index: -1, change: 'gone' }),
  );
  const present = Array.from(
    { length: count },
    (_, index): ListedRow => ({
      gone: null,
      index,
      change: isEqual ? 'same' : (matched?.changes[index] ?? null),
    }),
  );
  const isDifferent = ({ change }: ListedRow): boolean =>
    change === 'added' || change === 'changed';
  return [...gone, ...present.filter(isDifferent), ...present.filter((row) => !isDifferent(row))];
}
