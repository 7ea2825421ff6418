import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { isBehind, type RowPlace, rowPlace } from '../store/row-place.ts';
import { rowDigest } from '../store/seal-rows.ts';
import {
  keyExpression,
  readSealedShapes,
  type SealedShape,
  wholeText,
} from '../store/sealed-shapes.ts';
import type { SqlValue } from '../store/sql-client.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Checkpoint } from './checkpoint-text.ts';
import type { Findings } from './finding.ts';
import { openSeals, type ReadSeals } from './read-seals.ts';

const pageSize = 500;
/** Work that goes on may change a row while it is looked at; one that differs each time differs. */
const mostReads = 50;

/**
 * Adds a finding for each row of a sealed table that is not what was last written through Adjutant, that
 * nothing there has written, or that is gone.
 */
export async function checkSeals(
  database: Database,
  workspaceId: string,
  checkpoints: readonly Checkpoint[],
  findings: Findings,
): Promise<{ sealed: number; fromBefore: number }> {
  const seals = openSeals(database, workspaceId, checkpoints, findings);
  const check: SealCheck = { database, workspaceId, seals, findings, seen: new Set() };
  await seals.catchUp();
  for (const shape of await readSealedShapes(database)) await checkTable(check, shape);
  await checkGone(check);
  await nameOverwritten(check);
  seals.finish();
  const present = [...seals.last.values()].filter(({ digest }) => digest !== null);
  const fromBefore = present.filter(({ isFromBefore }) => isFromBefore).length;
  return { sealed: present.length, fromBefore };
}

interface SealCheck {
  database: Database;
  workspaceId: string;
  seals: ReadSeals;
  findings: Findings;
  /** Seals whose rows were found. */
  seen: Set<string>;
}

type RowTuple = [
  place: string,
  key: string,
  seal: string | null,
  salt: string | null,
  ...SqlValue[],
];

async function checkTable(check: SealCheck, shape: SealedShape): Promise<void> {
  let after: RowPlace = null;
  do {
    const rows: RowTuple[] = await readRows(check, shape, isBehind(after, 'r.'));
    for (const row of rows) {
      if (row[2] !== null) check.seen.add(row[2]);
      if (!fits(check, shape, row)) await lookAgain(check, shape, row);
    }
    after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
    await yieldToEventLoop();
  } while (after !== null);
}

/**
 * A row with its seal, in one statement: both are of one moment. The plus keeps SQLite from the workspace's
 * index: in its order every page would sort all rows.
 */
function readRows(
  { database, workspaceId }: SealCheck,
  shape: SealedShape,
  which: ReturnType<typeof sql>,
): Promise<RowTuple[]> {
  const columns = shape.columns.map((name) => wholeText(`r."${name}"`)).join(', ');
  return queryTuples<RowTuple>(
    database,
    sql`select ${rowPlace('r.')}, ${sql.raw(keyExpression(shape, 'r.'))}, s.id, s.salt, ${sql.raw(columns)}
      from ${sql.raw(`"${shape.table}"`)} r
      left join row_seals s on s.workspace_id = r.workspace_id and s.table_name = ${shape.table}
        and s.row_key = ${sql.raw(keyExpression(shape, 'r.'))}
      where +r.workspace_id = ${workspaceId} and ${which} order by r.rowid limit ${pageSize}`,
  );
}

function fits({ seals }: SealCheck, shape: SealedShape, row: RowTuple): boolean {
  const [, key, seal, salt, ...values] = row;
  if (seal === null || salt === null) return false;
  const last = seals.last.get(seal);
  return last?.digest === rowDigest(salt, shape, key, values);
}

/** Whatever changes a sealed row adds a seal: where none was added since, the row is as it was read. */
async function lookAgain(
  check: SealCheck,
  shape: SealedShape,
  [place, key, seal]: RowTuple,
): Promise<void> {
  const { seals, seen, findings } = check;
  for (let read = 0; read < mostReads; read += 1) {
    const [row] = await readRows(check, shape, sql`r.rowid = cast(${place} as integer)`);
    const isMoved = await seals.catchUp();
    if (row === undefined) {
      // It is gone by now: whether it should be is asked of all that is not there.
      if (seal !== null) seen.delete(seal);
      return;
    }
    if (fits(check, shape, row)) return;
    if (isMoved) continue;
    const about = { subject: subjectOf(key) };
    const name = `Row ${key} of ${shape.table}`;
    if (row[2] === null || seals.last.get(row[2]) === undefined) {
      findings.add('row_without_entry', `${name} was not written by Adjutant.`, about);
    } else {
      findings.add('row_differs', `${name} is not what Adjutant last wrote there.`, about);
    }
    return;
  }
}

/** What the chain has as present, and no row was found for. */
async function checkGone(check: SealCheck): Promise<void> {
  const { seals, seen, database, workspaceId, findings } = check;
  await seals.catchUp();
  for (const [id, { table }] of seals.last) {
    if (seen.has(id) || seals.last.get(id)?.digest === null) continue;
    const key = await readKey(database, workspaceId, id);
    await seals.catchUp();
    if (seals.last.get(id)?.digest === null) continue;
    if (key !== null && (await isThere(check, table, key))) continue;
    await seals.catchUp();
    if (seals.last.get(id)?.digest === null) continue;
    const message = `A row of ${table}${key === null ? '' : `, ${key},`} that Adjutant wrote is no longer in the database.`;
    findings.add('entry_without_row', message, key === null ? {} : { subject: subjectOf(key) });
  }
}

/** An edit that Adjutant wrote over is part of what it sealed then: it stays to be seen. */
async function nameOverwritten({
  database,
  workspaceId,
  seals,
  findings,
}: SealCheck): Promise<void> {
  for (const { id, table, seq } of seals.overwritten) {
    const key = await readKey(database, workspaceId, id);
    const name = key === null ? `A row of ${table}` : `Row ${key} of ${table}`;
    const message = `${name} had been changed past Adjutant before seal ${seq} was written over it.`;
    findings.add('row_differs', message, key === null ? {} : { subject: subjectOf(key) });
  }
}

async function readKey(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<string | null> {
  const [row] = await queryTuples<[string]>(
    database,
    sql`select cast(row_key as text) from row_seals where workspace_id = ${workspaceId} and id = ${id}`,
  );
  return row?.[0] ?? null;
}

/** A row that came while the tables were read stands after the place where they were. */
async function isThere(check: SealCheck, table: string, key: string): Promise<boolean> {
  const shape = (await readSealedShapes(check.database)).find((one) => one.table === table);
  if (shape === undefined) return false;
  const expression = sql.raw(keyExpression(shape, 'r.'));
  const [row] = await readRows(check, shape, sql`${expression} = ${key}`);
  if (row === undefined) return false;
  if (!fits(check, shape, row)) await lookAgain(check, shape, row);
  return true;
}

/** The part of a key that tells the row from others of its workspace. */
function subjectOf(key: string): string {
  try {
    const parts: unknown = JSON.parse(key);
    return Array.isArray(parts) ? parts.map(String).join(' ') : key;
  } catch {
    // Somebody wrote another one.
    return key;
  }
}
