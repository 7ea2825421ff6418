import { entryHash } from './entry-hash.ts';
import type { Findings } from './finding.ts';
import type { ReadRow } from './read-chain.ts';

/** Comparing pairs grows with their square; beyond this an entry is only said to be edited. */
const mostCompared = 200;

/** Says of entries that do not fit their hash whether they were edited or changed places. */
export function nameReordered(misfits: readonly ReadRow[], findings: Findings): void {
  const compared = misfits.slice(0, mostCompared);
  for (const row of misfits) {
    const about = { seq: row.seq, entryId: row.id };
    const place = compared.find((other) => other !== row && wasWrittenAt(row, other));
    if (place === undefined) {
      findings.add(
        'entry_edited',
        `Entry ${row.seq} (${row.event}) is not as it was written.`,
        about,
      );
    } else {
      findings.add(
        'entries_reordered',
        `Entry ${row.seq} (${row.event}) was written as number ${place.seq}.`,
        about,
      );
    }
  }
}

/** True where this content is the one that was hashed for the other's place. */
function wasWrittenAt(row: ReadRow, other: ReadRow): boolean {
  const moved = { ...row, seq: other.seq };
  return (
    // Only the numbers were exchanged, or the content without numbers and hashes.
    entryHash(row.previousHash, moved) === row.hash ||
    entryHash(other.previousHash, moved) === other.hash
  );
}
