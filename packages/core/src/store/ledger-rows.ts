import { allSettled } from './all-settled.ts';
import type { Database } from './database.ts';
import type { SqlValue } from './sql-client.ts';

/**
 * The statements of an append. Every change to state pays for them, so their text is fixed: it stays
 * prepared on its connection, and no query is built.
 */
const readHeadText = 'select seq, hash from audit_heads where workspace_id = ?';
const readLastText =
  'select seq, hash from audit_entries where workspace_id = ? and seq is not null order by seq desc limit 1';
const countUnchainedText =
  'select count(*) from audit_entries where workspace_id = ? and seq is null';
const insertEntryText = `insert into audit_entries (id, workspace_id, at, actor, event, subject, detail,
  trace_id, outcome, personal_digests, seq, previous_hash, hash)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const insertPersonalText =
  'insert into audit_personal_data (workspace_id, entry_id, name, salt, value) values (?, ?, ?, ?, ?)';
const insertHeadText = 'insert into audit_heads (workspace_id, seq, hash) values (?, ?, ?)';
const moveHeadText = 'update audit_heads set seq = ?, hash = ? where workspace_id = ?';

/** The end of a chain: the number and hash of its newest entry. */
export interface LedgerHead {
  seq: number;
  hash: string;
}

/** A row of the ledger as it is stored: `detail` and `personalDigests` are canonical JSON. */
export interface LedgerRow {
  id: string;
  workspaceId: string;
  at: number;
  actor: string;
  event: string;
  subject: string | null;
  detail: string;
  traceId: string | null;
  outcome: string | null;
  personalDigests: string | null;
  seq: number;
  previousHash: string;
  hash: string;
}

/** Returns the stored end of the chain, or null where none was ever written. */
export async function readHead(
  { session }: Database,
  workspaceId: string,
): Promise<LedgerHead | null> {
  return toHead((await session.execute(readHeadText, [workspaceId])).rows[0]);
}

/** Returns the newest entry of the chain, whatever the stored end says. */
export async function readLastEntry(
  { session }: Database,
  workspaceId: string,
): Promise<LedgerHead | null> {
  return toHead((await session.execute(readLastText, [workspaceId])).rows[0]);
}

/** Returns how many entries were written before there was a chain. */
export async function countUnchained({ session }: Database, workspaceId: string): Promise<number> {
  const { rows } = await session.execute(countUnchainedText, [workspaceId]);
  return Number(rows[0]?.[0] ?? 0);
}

/** Writes one entry and moves the end of the chain to it. */
export async function insertLedgerRow(
  { session }: Database,
  row: LedgerRow,
  hasHead: boolean,
): Promise<void> {
  const inserted = session.execute(insertEntryText, [
    row.id,
    row.workspaceId,
    row.at,
    row.actor,
    row.event,
    row.subject,
    row.detail,
    row.traceId,
    row.outcome,
    row.personalDigests,
    row.seq,
    row.previousHash,
    row.hash,
  ]);
  const moved = hasHead
    ? session.execute(moveHeadText, [row.seq, row.hash, row.workspaceId])
    : session.execute(insertHeadText, [row.workspaceId, row.seq, row.hash]);
  await allSettled([inserted, moved]);
}

/** Writes what of an entry is personal, beside the chain. */
export async function insertPersonalRow(
  { session }: Database,
  row: { workspaceId: string; entryId: string; name: string; salt: string; value: string },
): Promise<void> {
  await session.execute(insertPersonalText, [
    row.workspaceId,
    row.entryId,
    row.name,
    row.salt,
    row.value,
  ]);
}

function toHead(row: readonly SqlValue[] | undefined): LedgerHead | null {
  return row === undefined ? null : { seq: Number(row[0]), hash: String(row[1]) };
}
