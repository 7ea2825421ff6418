import { hash, randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { type SealedShape, wholeText } from './sealed-shapes.ts';
import type { SqlValue } from './sql-client.ts';
import { widthOf } from './watch-rows.ts';

/** A row of a sealed table: its table and the values of its primary key, as JSON. */
export interface TouchedRow {
  table: string;
  workspaceId: string;
  key: string;
}

/** A row that a transaction has changed, with what stood there when it began. */
interface NotedRow extends TouchedRow {
  /** The id and salt of its seal; null where it has none. */
  seal: { id: string; salt: string } | null;
  /** Null where there was no such row. */
  was: readonly SqlValue[] | null;
}

/**
 * What one transaction left of rows: by table, the id of each seal, the digest of the row as it is now, and
 * that of the row that was found there; null where there is or was none. A seal is written over whatever
 * another program made of a row, so it says what that was: verification holds it against the seal before.
 */
export type SealedRows = Record<string, [seal: string, now: string | null, was: string | null][]>;

export const genesisSeal = '0'.repeat(64);

/** Stands for the digest of a row that was there without a seal. */
const unsealed = 'unsealed';
const saltBytes = 16;
const idBytes = 9;

/** What was noted, each row with its seal. */
function touchedText(width: number): string {
  const was = Array.from({ length: width }, (_, position) => wholeText(`t.c${position}`));
  return `select v.schema_version, s.id, s.salt, t.table_name, t.workspace_id, t.row_key, t.was_there,
    ${was.join(', ')}
  from pragma_schema_version v
  left join temp.touched_rows t on true
  left join main.row_seals s on s.workspace_id = t.workspace_id and s.table_name = t.table_name
    and s.row_key = t.row_key
  order by t.workspace_id, t.table_name, t.row_key`;
}
const forgetText = 'delete from temp.touched_rows';
const goneText = 'delete from row_seals where id = ?';
const renewText = 'update row_seals set salt = ? where id = ?';
const insertText =
  'insert into row_seals (id, workspace_id, table_name, row_key, salt) values (?, ?, ?, ?, ?)';
const headText =
  'select seq, hash from audit_seals where workspace_id = ? order by seq desc limit 1';
const appendText = `insert into audit_seals (workspace_id, seq, previous_hash, hash, body)
  values (?, ?, ?, ?, ?)`;

/**
 * Seals the rows that this transaction has changed: the last thing that it does. The digest of each goes
 * into a chain, its salt beside it, and the salt of what the row was before is gone. Returns which schema
 * all that was done under.
 */
export async function sealTouchedRows(
  transaction: Database,
  shapes: ReadonlyMap<string, SealedShape>,
): Promise<number> {
  const { session } = transaction;
  const { rows } = await session.execute(touchedText(widthOf(shapes.values())), []);
  const noted = rows.flatMap(([, id, salt, table, workspaceId, key, wasThere, ...was]) => {
    if (typeof table !== 'string') return [];
    const seal = typeof id === 'string' ? { id, salt: String(salt) } : null;
    const about = { table, workspaceId: String(workspaceId), key: String(key), seal };
    return [{ ...about, was: wasThere === 1 ? was : null }];
  });
  if (noted.length > 0) {
    await sealRows(transaction, shapes, noted);
    await session.execute(forgetText, []);
  }
  return Number(rows[0]?.[0]);
}

/** Seals rows that have stood since before this was done, and says so. */
export function sealEarlier(
  transaction: Database,
  shapes: ReadonlyMap<string, SealedShape>,
  rows: readonly TouchedRow[],
): Promise<void> {
  const unknown = rows.map((row) => ({ ...row, seal: null, was: null }));
  return sealRows(transaction, shapes, unknown, true);
}

/** Forgets what this transaction has done to rows of a workspace whose seals it has removed. */
export async function forgetTouched({ session }: Database, workspaceId: string): Promise<void> {
  // A store on another machine notes nothing.
  if (session.executeEach === undefined) return;
  await session.execute(`${forgetText} where workspace_id = ?`, [workspaceId]);
}

async function sealRows(
  transaction: Database,
  shapes: ReadonlyMap<string, SealedShape>,
  noted: readonly NotedRow[],
  isFromBefore = false,
): Promise<void> {
  const byWorkspace = new Map<string, SealedRows>();
  for (const row of noted) {
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
  row: NotedRow,
): Promise<SealedRows[string][number] | null> {
  const { session } = transaction;
  const { table, workspaceId, key, seal, was } = row;
  const values = await readRow(transaction, shape, row);
  // What came and went in one transaction was never sealed.
  if (values === null && was === null && seal === null) return null;
  const id = seal?.id ?? randomBytes(idBytes).toString('base64url');
  const before = was && (seal === null ? unsealed : rowDigest(seal.salt, shape, key, was));
  if (values === null) {
    if (seal !== null) await session.execute(goneText, [id]);
    return [id, null, before];
  }
  const salt = randomBytes(saltBytes).toString('base64url');
  if (seal !== null) await session.execute(renewText, [salt, id]);
  else await session.execute(insertText, [id, workspaceId, table, key, salt]);
  return [id, rowDigest(salt, shape, key, values), before];
}

async function readRow(
  { session }: Database,
  shape: SealedShape,
  { workspaceId, key }: TouchedRow,
): Promise<SqlValue[] | null> {
  const { table, keys, columns } = shape;
  const values = columns.map((name) => wholeText(`"${name}"`));
  const text = `select ${values.join(', ')} from main."${table}"
    where "workspace_id" is ? and ${keys.map((name) => `"${name}" is ?`).join(' and ')}`;
  const given: unknown = JSON.parse(key);
  const parameters = Array.isArray(given) ? given.map(asValue) : [];
  return (await session.execute(text, [workspaceId, ...parameters])).rows[0] ?? null;
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
  const text = `adjutant.ledger.row.v1\n${salt}\n${JSON.stringify([table, key, filled])}`;
  return hash('sha256', text, 'base64url');
}

/** Somebody may have put bytes where a text was, or a number that JSON does not have. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return {
    odd: ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : String(value),
  };
}

/** Returns the hash of a link of the chain of seals. */
export function sealHash(previous: string, workspaceId: string, seq: number, body: string): string {
  const link = JSON.stringify([workspaceId, seq]);
  return hash('sha256', `adjutant.ledger.seals.v1\n${previous}\n${link}\n${body}`);
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
  const own = sealHash(previous, workspaceId, seq, body);
  await session.execute(appendText, [workspaceId, seq, previous, own, body]);
}
