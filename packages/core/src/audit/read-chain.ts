import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import type { LedgerHead, LedgerRow } from '../store/ledger-rows.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { SqlValue } from '../store/sql-client.ts';

/** Enough to make a statement worth its cost, and few enough to let timers and sockets through. */
const chunkSize = 1_000;

/** A row as the database gives it: whoever edited it may have left anything in any column. */
export type ReadRow = LedgerRow;

/** Yields the chain in chunks, in its order, up to a number. Two rows of one number both come. */
export async function* readChain(
  database: Database,
  workspaceId: string,
  upTo: number,
): AsyncGenerator<ReadRow[]> {
  let after: { seq: number; id: string } | null = null;
  for (;;) {
    const rows: ReadRow[] = await readChunk(database, workspaceId, upTo, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < chunkSize) return;
    after = { seq: last.seq, id: last.id };
  }
}

async function readChunk(
  database: Database,
  workspaceId: string,
  upTo: number,
  after: { seq: number; id: string } | null,
): Promise<ReadRow[]> {
  const from = after === null ? sql`` : sql`and (seq, id) > (${after.seq}, ${after.id})`;
  const rows = await queryTuples<SqlValue[]>(
    database,
    sql`select id, workspace_id, at, actor, event, subject, detail, trace_id, outcome,
        personal_digests, seq, previous_hash, hash
      from audit_entries
      where workspace_id = ${workspaceId} and seq is not null and seq <= ${upTo} ${from}
      order by seq, id limit ${chunkSize}`,
  );
  return rows.map(toRow);
}

function toRow(tuple: SqlValue[]): ReadRow {
  const [id, workspaceId, at, actor, event, subject, detail, traceId, outcome, digests, seq] =
    tuple;
  // Not parsed: the hash over exactly these values is what tells whether they are as written.
  return {
    id,
    workspaceId,
    at,
    actor,
    event,
    subject,
    detail,
    traceId,
    outcome,
    personalDigests: digests,
    seq,
    previousHash: tuple[11],
    hash: tuple[12],
  } as ReadRow;
}

/** What a ledger says of its own extent, all at one moment. */
export interface ChainExtent {
  head: LedgerHead | null;
  /** The highest number of an entry; 0 without entries. */
  lastSeq: number;
  /** Entries that were written before there was a chain. */
  unchained: number;
}

/** Returns where the chain ends by its record and by its entries. */
export async function readExtent(database: Database, workspaceId: string): Promise<ChainExtent> {
  const [row] = await queryTuples<[number | null, string | null, number | null, number]>(
    database,
    sql`select (select seq from audit_heads where workspace_id = ${workspaceId}),
      (select hash from audit_heads where workspace_id = ${workspaceId}),
      (select max(seq) from audit_entries where workspace_id = ${workspaceId}),
      (select count(*) from audit_entries where workspace_id = ${workspaceId} and seq is null)`,
  );
  const [seq, hash, lastSeq, unchained] = row ?? [null, null, null, 0];
  return {
    head: seq === null || hash === null ? null : { seq, hash },
    lastSeq: lastSeq ?? 0,
    unchained,
  };
}
