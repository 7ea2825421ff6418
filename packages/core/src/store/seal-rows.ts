import { createHash, randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import type { SealedShape } from './sealed-shapes.ts';
import type { SqlValue } from './sql-client.ts';

/** A row of a sealed table: its table and the values of its primary key, as JSON. */
export interface TouchedRow {
  table: string;
  workspaceId: string;
  key: string;
}

/** What one transaction left of rows: by table, the id of each seal and its digest, null for a row that is gone. */
export type SealedRows = Record<string, [seal: string, digest: string | null][]>;

export const genesisSeal = '0'.repeat(64);

const saltBytes = 16;
const idBytes = 9;

const touchedText =
  'select table_name, workspace_id, row_key from temp.touched_rows order by workspace_id, table_name, row_key';
const forgetText = 'delete from temp.touched_rows';
const goneText =
  'delete from row_seals where workspace_id = ? and table_name = ? and row_key = ? returning id';
const upsertText = `insert into row_seals (id, workspace_id, table_name, row_key, salt)
  values (?, ?, ?, ?, ?)
  on conflict (workspace_id, table_name, row_key) do update set salt = excluded.salt returning id`;
const headText =
  'select seq, hash from audit_seals where workspace_id = ? order by seq desc limit 1';
const appendText = `insert into audit_seals (workspace_id, seq, previous_hash, hash, body)
  values (?, ?, ?, ?, ?)`;

/**
 * Seals the rows that this transaction has changed: the last thing that it does. The digest of each goes
 * into a chain, its salt beside it, and the salt of what the row was before is gone.
 */
export async function sealTouchedRows(
  transaction: Database,
  shapes: ReadonlyMap<string, SealedShape>,
): Promise<void> {
  const { session } = transaction;
  const { rows } = await session.execute(touchedText, []);
  if (rows.length === 0) return;
  const touched = rows.map(([table, workspaceId, key]) => ({
    table: String(table),
    workspaceId: String(workspaceId),
    key: String(key),
  }));
  await sealRows(transaction, shapes, touched);
  await session.execute(forgetText, []);
}

/** Seals rows of any workspaces; those from before this was done say so. */
export async function sealRows(
  transaction: Database,
  shapes: ReadonlyMap<string, SealedShape>,
  touched: readonly TouchedRow[],
  isFromBefore = false,
): Promise<void> {
  const byWorkspace = new Map<string, SealedRows>();
  for (const row of touched) {
    const shape = shapes.get(row.table);
    if (shape === undefined) continue;
    const sealed = await sealRow(transaction, shape, row);
    if (sealed === null) continue;
    const all = byWorkspace.get(row.workspaceId) ?? {};
    byWorkspace.set(row.workspaceId, all);
    (all[row.table] ??= []).push(sealed);
  }
  for (const [workspaceId, rows] of byWorkspace) {
    const body = JSON.stringify(isFromBefore ? { fromBefore: true, rows } : { rows });
    await appendSeals(transaction, workspaceId, body);
  }
}

async function sealRow(
  transaction: Database,
  shape: SealedShape,
  { table, workspaceId, key }: TouchedRow,
): Promise<[string, string | null] | null> {
  const { session } = transaction;
  const values = await readRow(transaction, shape, key);
  if (values === null) {
    const [gone] = (await session.execute(goneText, [workspaceId, table, key])).rows;
    // What came and went in one transaction was never sealed.
    return gone === undefined ? null : [String(gone[0]), null];
  }
  const salt = randomBytes(saltBytes).toString('base64url');
  const id = randomBytes(idBytes).toString('base64url');
  const [kept] = (await session.execute(upsertText, [id, workspaceId, table, key, salt])).rows;
  return [String(kept?.[0] ?? id), rowDigest(salt, shape, key, values)];
}

async function readRow(
  { session }: Database,
  { table, keys, columns }: SealedShape,
  key: string,
): Promise<SqlValue[] | null> {
  const text = `select ${columns.map((name) => `"${name}"`).join(', ')} from main."${table}"
    where ${keys.map((name) => `"${name}" is ?`).join(' and ')}`;
  const given: unknown = JSON.parse(key);
  const parameters = Array.isArray(given) ? given.map(asValue) : [];
  return (await session.execute(text, parameters)).rows[0] ?? null;
}

function asValue(value: unknown): SqlValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/**
 * Returns the digest of a row. Columns that hold nothing are left out, so that a new column that may be
 * empty changes no digest of the rows that were there before it.
 */
export function rowDigest(
  salt: string,
  { table, columns }: Pick<SealedShape, 'table' | 'columns'>,
  key: string,
  values: readonly unknown[],
): string {
  const filled = columns.flatMap((name, position) => {
    const value = values[position];
    return value === null || value === undefined ? [] : [[name, plain(value)]];
  });
  return createHash('sha256')
    .update(`adjutant.ledger.row.v1\n${salt}\n${JSON.stringify([table, key, filled])}`, 'utf8')
    .digest('base64url');
}

/** Somebody may have put bytes where a text was, or a number that JSON does not have. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return {
    odd: ArrayBuffer.isView(value) ? Buffer.from(value.buffer).toString('hex') : String(value),
  };
}

/** Returns the hash of a link of the chain of seals. */
export function sealHash(previous: string, workspaceId: string, seq: number, body: string): string {
  return createHash('sha256')
    .update(
      `adjutant.ledger.seals.v1\n${previous}\n${JSON.stringify([workspaceId, seq])}\n${body}`,
      'utf8',
    )
    .digest('hex');
}

/** Returns the end of a workspace's chain of seals; null where nothing was sealed yet. */
export async function readSealHead(
  { session }: Database,
  workspaceId: string,
): Promise<{ seq: number; hash: string } | null> {
  const [head] = (await session.execute(headText, [workspaceId])).rows;
  return head === undefined ? null : { seq: Number(head[0]), hash: String(head[1]) };
}

/** Says that none of the earlier seals counts any more: what an import brings is sealed after it. */
export async function sealAnew(transaction: Database, workspaceId: string): Promise<void> {
  await appendSeals(transaction, workspaceId, JSON.stringify({ anew: true, rows: {} }));
}

async function appendSeals(
  transaction: Database,
  workspaceId: string,
  body: string,
): Promise<void> {
  const { session } = transaction;
  const head = await readSealHead(transaction, workspaceId);
  const previous = head?.hash ?? genesisSeal;
  const seq = (head?.seq ?? 0) + 1;
  const hash = sealHash(previous, workspaceId, seq, body);
  await session.execute(appendText, [workspaceId, seq, previous, hash, body]);
}
