import type { Database } from '../store/database.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { chainStartedEvent } from './append-audit-entry.ts';
import type { Checkpoint } from './checkpoint-text.ts';
import { entryHash, genesisHash } from './entry-hash.ts';
import type { Findings } from './finding.ts';
import { type ChainExtent, readChain, type ReadRow } from './read-chain.ts';
import { nameReordered } from './name-reordered.ts';
import { storedObject } from './stored-object.ts';

/** Called with every chunk, once its own entries are checked. */
export type ChunkCheck = (rows: readonly ReadRow[]) => Promise<void>;

interface Walk {
  findings: Findings;
  checkpoints: readonly Checkpoint[];
  /** The number that the next entry must have. */
  expected: number;
  previous: ReadRow | null;
  /** Entries whose content does not fit their hash: looked at again, together, at the end. */
  misfits: ReadRow[];
  /** Unchained entries that the first entry counts. */
  countedUnchained: number;
  lastMatched: number;
}

/** Walks a whole chain, checking each entry and its link; adds what it finds. Returns the number of entries. */
export async function walkChain(
  database: Database,
  workspaceId: string,
  extent: ChainExtent,
  checkpoints: readonly Checkpoint[],
  findings: Findings,
  check: ChunkCheck,
): Promise<number> {
  const walk: Walk = {
    findings,
    checkpoints: checkpoints.toSorted((a, b) => a.seq - b.seq),
    expected: 1,
    previous: null,
    misfits: [],
    countedUnchained: 0,
    lastMatched: 0,
  };
  let entries = 0;
  const upTo = Math.max(extent.lastSeq, extent.head?.seq ?? 0);
  for await (const rows of readChain(database, workspaceId, upTo)) {
    for (const row of rows) checkRow(walk, row);
    entries += rows.length;
    await check(rows);
    await yieldToEventLoop();
  }
  nameReordered(walk.misfits, findings);
  checkEnd(walk, extent);
  return entries;
}

function checkRow(walk: Walk, row: ReadRow): void {
  const { findings, expected } = walk;
  const about = { seq: row.seq, entryId: row.id };
  if (row.seq > expected) {
    findings.add('entry_removed', `${numbers(expected, row.seq - 1)} missing.`, { seq: expected });
  } else if (row.seq < expected) {
    findings.add('entry_added', `A further entry stands at number ${row.seq}.`, about);
    return;
  }
  const fits = entryHash(row.previousHash, row) === row.hash;
  if (!fits) walk.misfits.push(row);
  else if (row.seq === expected) checkLink(walk, row);
  compareWithCheckpoints(walk, row);
  if (row.seq === 1 && row.event === chainStartedEvent) {
    walk.countedUnchained = Number(storedObject(row.detail)['unchained'] ?? 0);
  }
  walk.previous = row;
  walk.expected = row.seq + 1;
}

/** The entry itself is as written; if it follows another, the one before it was written anew. */
function checkLink({ findings, previous, misfits }: Walk, row: ReadRow): void {
  if (row.previousHash === (previous?.hash ?? genesisHash)) return;
  if (previous === null) {
    findings.add('entry_removed', 'Entry 1 follows an entry that is not there.', {
      seq: row.seq,
      entryId: row.id,
    });
    return;
  }
  if (findings.hasNamed(previous.seq) || misfits.includes(previous)) return;
  findings.add(
    'entry_edited',
    `Entry ${previous.seq} (${previous.event}) was written anew: entry ${row.seq} follows another one.`,
    { seq: previous.seq, entryId: previous.id },
  );
}

function compareWithCheckpoints(walk: Walk, row: ReadRow): void {
  for (const checkpoint of walk.checkpoints) {
    if (checkpoint.seq !== row.seq) continue;
    if (checkpoint.hash === row.hash) {
      walk.lastMatched = row.seq;
      continue;
    }
    walk.findings.add(
      'checkpoint_differs',
      `Entry ${row.seq} (${row.event}) is not the one that the exported checkpoint of it was made of: ${
        row.seq === walk.lastMatched + 1
          ? 'it'
          : `something between entries ${walk.lastMatched + 1} and ${row.seq}`
      } was written anew after the export.`,
      { seq: row.seq, entryId: row.id },
    );
  }
}

function checkEnd(walk: Walk, { head, lastSeq, unchained }: ChainExtent): void {
  const { findings, previous, checkpoints } = walk;
  const last = { seq: previous?.seq ?? null, entryId: previous?.id ?? null };
  const furthest = checkpoints.at(-1)?.seq ?? 0;
  if (head !== null && head.seq > lastSeq) {
    const from = { seq: lastSeq + 1 };
    findings.add('tail_removed', `${numbers(lastSeq + 1, head.seq)} missing at the end.`, from);
  } else if (head === null && lastSeq > 0) {
    findings.add('head_differs', `The record that the ledger ends at ${lastSeq} is missing.`, last);
  } else if (head !== null && (head.seq !== lastSeq || head.hash !== previous?.hash)) {
    findings.add(
      'head_differs',
      `The ledger ends at entry ${lastSeq}, which its own record does not confirm: that names entry ${head.seq}.`,
      last,
    );
  }
  if (furthest > lastSeq && furthest > (head?.seq ?? 0)) {
    findings.add(
      'tail_removed',
      `${numbers(lastSeq + 1, furthest)} missing at the end: a checkpoint of entry ${furthest} was exported.`,
      { seq: lastSeq + 1 },
    );
  }
  if (unchained !== walk.countedUnchained) {
    findings.add(
      'unchained_differs',
      `${unchained} entries stand before the chain; there were ${walk.countedUnchained} when it began.`,
    );
  }
}

function numbers(from: number, to: number): string {
  return from === to ? `Entry ${from} is` : `Entries ${from} to ${to} are`;
}
