import { hash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import type { Database } from '../store/database.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { isBehind, type RowPlace, rowPlace } from '../store/row-place.ts';
import type { SqlValue } from '../store/sql-client.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Eraser } from './eraser.ts';
import type { RewritingDeps } from './rewrite-archives.ts';
import type { RewrittenTable } from './rewritten-tables.ts';
import { type TellingContext, tellLeftWords } from './tell-left-words.ts';

const rowsPerRead = 200;

/** Returns a condition that holds where a column has one of these words, whatever their case. */
export function holdsAny(columns: readonly string[], words: readonly string[]): SQL {
  const forms = new Set(words.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()]));
  const listed = JSON.stringify([...forms].flatMap((form) => [form, inJson(form)]));
  const text = sql.raw(columns.map((column) => `coalesce("${column}", '')`).join(` || ' ' || `));
  // SQLite folds the case of ASCII alone; the other letters are asked for in both.
  return sql`exists (select 1 from json_each(${listed}) word
    where instr(${text}, word.value) > 0 or instr(lower(${text}), lower(word.value)) > 0)`;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Replaces in the rows of one table what somebody is known by, and returns how many rows changed. */
export async function rewriteTable(
  { store, workspaceId, clock, actor }: Omit<RewritingDeps, 'sink'>,
  target: RewrittenTable,
  words: readonly string[],
  eraser: Eraser,
): Promise<number> {
  const { table, columns } = target;
  const names = columns.map(({ column }) => column);
  const list = sql.raw(names.map((column) => `"${column}"`).join(', '));
  const owner = sql.raw(table === 'workspaces' ? 'id' : 'workspace_id');
  const found = holdsAny(names, words);
  let changed = 0;
  for (let after: RowPlace = null; ; ) {
    const rows: [string, ...SqlValue[]][] = await queryTuples<[string, ...SqlValue[]]>(
      store.read,
      sql`select ${rowPlace()}, ${list} from ${sql.raw(table)}
        where ${owner} = ${workspaceId} and ${isBehind(after)} and ${found} ${onlySettled(table)}
        order by rowid limit ${rowsPerRead}`,
    );
    if (rows.length === 0) return changed;
    after = rows.at(-1)?.[0] ?? after;
    changed += await clearingTransaction(store, (transaction) =>
      rewriteRows(transaction, { workspaceId, at: clock.now(), actor }, target, rows, eraser),
    );
    await yieldToEventLoop();
  }
}

/** What is still to be done is done as it was approved, or not at all. */
function onlySettled(table: string): SQL {
  if (table !== 'action_revisions') return sql``;
  return sql`and exists (select 1 from actions where actions.workspace_id = action_revisions.workspace_id
    and actions.id = action_revisions.action_id and actions.settled_at is not null)`;
}

async function rewriteRows(
  transaction: Database,
  telling: TellingContext,
  { table, columns }: RewrittenTable,
  rows: readonly [string, ...SqlValue[]][],
  eraser: Eraser,
): Promise<number> {
  const changed: string[] = [];
  const all = await columnNames(transaction, table);
  for (const [id, ...values] of rows) {
    const erased = eraseValues(table, columns, values, eraser);
    const different = columns.flatMap(({ column }, place) =>
      erased[place] === values[place] ? [] : [{ column, value: erased[place] ?? null }],
    );
    if (different.length === 0) continue;
    await runStatement(transaction, rewriting(table, all, different, id));
    changed.push(id);
  }
  await tellLeftWords(transaction, telling, table, changed);
  return changed.length;
}

async function columnNames(database: Database, table: string): Promise<string[]> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select name from pragma_table_info(${table})`,
  );
  return rows.map(([name]) => name);
}

/** Two rows that differed by nothing else become one. */
function rewriting(
  table: string,
  all: readonly string[],
  different: readonly { column: string; value: SqlValue }[],
  place: string,
): SQL {
  const quoted = (name: string): SQL => sql.raw(`"${name}"`);
  const own = sql`rowid = cast(${place} as integer)`;
  const joined = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
  if (table !== 'action_revisions') {
    const set = joined(different.map(({ column, value }) => sql`${quoted(column)} = ${value}`));
    return sql`update or replace ${sql.raw(table)} set ${set} where ${own}`;
  }
  // A trigger lets no update of a prepared revision through: against mistakes, and this one has its entry.
  const values = all.map((name) => {
    const other = different.find(({ column }) => column === name);
    return other === undefined ? quoted(name) : sql`${other.value}`;
  });
  return sql`insert or replace into ${sql.raw(table)} (rowid, ${joined(all.map(quoted))})
    select rowid, ${joined(values)} from ${sql.raw(table)} where ${own}`;
}

/** Returns the values of a row, in the order of its columns, without what erased people are known by. */
export function eraseValues(
  table: string,
  columns: readonly { column: string; isNaming: boolean }[],
  values: readonly SqlValue[],
  eraser: Eraser,
): SqlValue[] {
  const at = (name: string): number => columns.findIndex(({ column }) => column === name);
  const erased = values.map((value, place) => {
    if (typeof value !== 'string') return value;
    return columns[place]?.isNaming === true ? eraser.value(value) : eraser.text(value);
  });
  if (table !== 'raw_records') return erased;
  const [payload, source] = [at('payload'), at('source')];
  const text = values[payload];
  if (typeof text !== 'string') return erased;
  const written = erasedPayload(text, String(values[source]), eraser);
  erased[payload] = written;
  // As it would come from its source again: then it is no other record.
  if (written !== text) erased[at('content_hash')] = hash('sha256', written, 'base64');
  return erased;
}

/** Returns the text of a record of a source without what erased people are known by. */
export function erasedPayload(text: string, source: string, eraser: Eraser): string {
  try {
    return JSON.stringify(eraser.payload(source, JSON.parse(text)));
  } catch {
    return eraser.text(text);
  }
}
