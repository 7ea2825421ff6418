import { queryTuples, runStatement } from '../store/raw-query.ts';
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { type Tables, tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

const formatName = 'adjutant-export';
const chunkSize = 500;

/** Tables of one process's moment, which mean nothing elsewhere. */
const leftOut: ReadonlySet<keyof Tables> = new Set(['schemaVersion', 'leases', 'dirtySubjects']);

const exportedTables = (Object.keys(tables) as (keyof Tables)[]).filter(
  (name) => !leftOut.has(name),
);

const headerSchema = z.object({
  format: z.literal(formatName),
  schemaVersion: z.number().int(),
  workspaceId: z.string(),
});
const lineSchema = z.tuple([z.string(), z.array(z.union([z.string(), z.number(), z.null()]))]);

/** Returns the SQL names of a table's columns, in definition order. */
export function columnNames(table: Tables[keyof Tables]): string[] {
  return Object.keys(getTableColumns(table)).map(toSnakeCase);
}

/** Yields a header line, then one line per row: table by table, rows in the order of their columns. */
export async function* exportWorkspace(store: Store, workspaceId: string): AsyncIterable<string> {
  yield JSON.stringify({ format: formatName, schemaVersion: store.schemaVersion, workspaceId });
  for (const name of exportedTables) {
    const table = tables[name];
    const columns = columnNames(table);
    const list = sql.raw(columns.map((column) => `"${column}"`).join(', '));
    const key = sql.raw(name === 'workspaces' ? '"id"' : '"workspace_id"');
    for (let offset = 0; ; offset += chunkSize) {
      const rows = await queryTuples<(string | number | null)[]>(
        store.read,
        sql`
        select ${list} from ${sql.raw(`"${getTableName(table)}"`)} where ${key} = ${workspaceId}
        order by ${list} limit ${chunkSize} offset ${offset}`,
      );
      for (const row of rows) yield JSON.stringify([getTableName(table), row]);
      if (rows.length < chunkSize) break;
      await yieldToEventLoop();
    }
  }
}

/**
 * Writes an export into a store that has no such workspace yet, in one transaction.
 * @throws AdjutantError `InvalidInput` for a broken file, `Conflict` where the workspace holds rows
 */
export async function importWorkspace(
  store: Store,
  lines: AsyncIterable<string>,
): Promise<{ workspaceId: string; rows: number }> {
  const read: string[] = [];
  for await (const line of lines) if (line.trim() !== '') read.push(line);
  const header = headerSchema.safeParse(parseLine(read[0] ?? ''));
  if (!header.success) {
    throw new AdjutantError('InvalidInput', 'The file is not an export of Adjutant.', {
      hint: 'Make one with "adjutant export".',
    });
  }
  const { workspaceId, schemaVersion } = header.data;
  if (schemaVersion !== store.schemaVersion) {
    throw new AdjutantError(
      'InvalidInput',
      `The export has schema ${schemaVersion}, this store has schema ${store.schemaVersion}.`,
      { hint: 'Import it with the version of Adjutant that wrote it, then upgrade the store.' },
    );
  }
  const tableByName = new Map<string, Tables[keyof Tables]>(
    exportedTables.map((name) => [getTableName(tables[name]), tables[name]]),
  );
  await store.transaction(async (transaction) => {
    await refuseFilled(transaction, workspaceId);
    for (const line of read.slice(1)) {
      const parsed = lineSchema.safeParse(parseLine(line));
      const table = parsed.success ? tableByName.get(parsed.data[0]) : undefined;
      if (!parsed.success || table === undefined) {
        throw new AdjutantError('InvalidInput', 'The export has a line that cannot be read.', {
          hint: 'Nothing was imported. Make the export again.',
        });
      }
      const columns = columnNames(table);
      const values = sql.join(
        columns.map((_, position) => sql`${parsed.data[1][position] ?? null}`),
        sql`, `,
      );
      await runStatement(
        transaction,
        sql`
        insert into ${sql.raw(`"${parsed.data[0]}"`)}
          (${sql.raw(columns.map((column) => `"${column}"`).join(', '))}) values (${values})`,
      );
    }
  });
  return { workspaceId, rows: read.length - 1 };
}

async function refuseFilled(
  transaction: Parameters<Parameters<Store['transaction']>[0]>[0],
  workspaceId: string,
): Promise<void> {
  const [row] = await queryTuples<[number]>(
    transaction,
    sql`
    select (select count(*) from raw_records where workspace_id = ${workspaceId})
      + (select count(*) from commits where workspace_id = ${workspaceId})
      + (select count(*) from audit_entries where workspace_id = ${workspaceId})`,
  );
  if ((row?.[0] ?? 0) > 0) {
    throw new AdjutantError('Conflict', 'The store already holds a workspace of that name.', {
      hint: 'Import into a new store file.',
    });
  }
  // What opening the store made for itself gives way to what the export brings.
  for (const table of ['workspaces', 'people', 'teams'] as const) {
    const key = table === 'workspaces' ? 'id' : 'workspace_id';
    await runStatement(
      transaction,
      sql`delete from ${sql.raw(table)} where ${sql.raw(key)} = ${workspaceId}`,
    );
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
