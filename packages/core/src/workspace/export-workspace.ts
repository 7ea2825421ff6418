import { queryTuples, runStatement } from '../store/raw-query.ts';
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { z } from 'zod';
import { ownerGrantId } from '../approvers/owner-grant.ts';
import { grantSubject } from '../approvers/record-grant.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { type LedgerHead, readHead } from '../store/ledger-rows.ts';
import { forgetTouched, sealAnew } from '../store/seal-rows.ts';
import type { Store } from '../store/store.ts';
import { type Tables, tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { parseOutsideJson } from '../parse-outside-json.ts';

const formatName = 'adjutant-export';
const chunkSize = 500;

/** What belongs to one moment of one installation, or must not leave it. */
const leftOut: ReadonlySet<keyof Tables> = new Set([
  'schemaVersion',
  'leases',
  'sourcePasses',
  'dirtySubjects',
  'rollupStates',
  'rollupMarks',
  'metricRollups',
  'metricRollupGaps',
  'searchMarks',
  'searchStates',
  'searchEntries',
  'documentVectors',
  'jobs',
  'jobSchedules',
  'outbox',
  'authenticatorRequests',
  'challenges',
  'loginLinks',
  'pageSessions',
  'accessTokens',
  'secrets',
  'dataKeys',
  'retiredKeys',
  'signalRuleRuns',
  // An import seals what it brings.
  'rowSeals',
]);

/** The ledger comes last: what it must tell of is then not newer than it is. */
const ledgerTables: readonly (keyof Tables)[] = ['auditPersonalData', 'auditEntries', 'auditHeads'];

const exportedTables = [
  ...(Object.keys(tables) as (keyof Tables)[]).filter(
    (name) => !leftOut.has(name) && !ledgerTables.includes(name),
  ),
  ...ledgerTables,
];

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
  let head: LedgerHead | null = null;
  for (const name of exportedTables) {
    // Where the chain ended when its turn came: what is appended meanwhile stays out of the file.
    if (name === ledgerTables[0]) head = await readHead(store.read, workspaceId);
    if (name === 'auditHeads' && head !== null) {
      yield JSON.stringify([getTableName(tables[name]), [workspaceId, head.seq, head.hash]]);
      continue;
    }
    const upTo = upToHead(name, workspaceId, head);
    const table = tables[name];
    const columns = columnNames(table);
    const list = sql.raw(columns.map((column) => `"${column}"`).join(', '));
    const key = sql.raw(name === 'workspaces' ? '"id"' : '"workspace_id"');
    for (let offset = 0; ; offset += chunkSize) {
      const rows = await queryTuples<(string | number | null)[]>(
        store.read,
        sql`
        select ${list} from ${sql.raw(`"${getTableName(table)}"`)} where ${key} = ${workspaceId} ${upTo}
        order by ${list} limit ${chunkSize} offset ${offset}`,
      );
      for (const row of rows) yield JSON.stringify([getTableName(table), row]);
      if (rows.length < chunkSize) break;
      await yieldToEventLoop();
    }
  }
}

function upToHead(name: keyof Tables, workspaceId: string, head: LedgerHead | null): SQL {
  if (head === null) return sql``;
  if (name === 'auditEntries') return sql`and (seq is null or seq <= ${head.seq})`;
  if (name !== 'auditPersonalData') return sql``;
  return sql`and entry_id in (
    select id from audit_entries where workspace_id = ${workspaceId} and seq <= ${head.seq})`;
}

/**
 * Writes an export into a store that has no such workspace yet, in one transaction, a line at a time; what
 * has to be done about what it brought is part of it.
 * @throws AdjutantError `InvalidInput` for a broken file, `Conflict` where the workspace holds rows,
 *   `StoreBusy` where another process wrote at the same time
 */
export async function importWorkspace(
  store: Store,
  lines: AsyncIterable<string>,
  finish?: (transaction: Database, workspaceId: string) => Promise<void>,
): Promise<{ workspaceId: string; rows: number }> {
  const rest = nonEmpty(lines);
  const first = await rest.next();
  const { workspaceId } = readHeader(first.done ? '' : first.value, store.schemaVersion);
  let rows = 0;
  let isBegun = false;
  await store.transaction(async (transaction) => {
    // The lines can be read once only, so a transaction that has to be run again cannot be.
    if (isBegun) {
      throw new AdjutantError(
        'StoreBusy',
        'Another process wrote to the store during the import.',
        {
          hint: 'Nothing was imported. Stop what else uses the store and try again.',
        },
      );
    }
    isBegun = true;
    await refuseFilled(transaction, workspaceId);
    // Nobody else uses a store that is being imported into, so lines are awaited in the transaction:
    // whatever the size of the file, only one of them is held.
    for await (const line of rest) {
      await insertLine(transaction, workspaceId, line);
      rows += 1;
      if (rows % chunkSize === 0) await yieldToEventLoop();
    }
    await sealAnew(transaction, workspaceId);
    // The mark of one that is going lets entries of the ledger go; no line may bring it.
    await runStatement(
      transaction,
      sql`update workspaces set deleting_at = null where id = ${workspaceId}`,
    );
    await finish?.(transaction, workspaceId);
  });
  return { workspaceId, rows };
}

async function* nonEmpty(lines: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  for await (const line of lines) if (line.trim() !== '') yield line;
  return undefined;
}

function readHeader(line: string, schemaHere: number): z.infer<typeof headerSchema> {
  const header = headerSchema.safeParse(parseLine(line));
  if (!header.success) {
    throw new AdjutantError('InvalidInput', 'The file is not an export of Adjutant.', {
      hint: 'Make one with "adjutant export".',
    });
  }
  const { schemaVersion } = header.data;
  if (schemaVersion === schemaHere) return header.data;
  throw new AdjutantError(
    'InvalidInput',
    `The export has schema ${schemaVersion}, this store has schema ${schemaHere}.`,
    { hint: 'Import it with the version of Adjutant that wrote it, then upgrade the store.' },
  );
}

interface ImportTarget {
  insert: SQL;
  columns: readonly string[];
  /** Where the workspace stands in a row. */
  owner: number;
}

const importTargets = new Map<string, ImportTarget>(
  exportedTables.map((name) => {
    const columns = columnNames(tables[name]);
    const table = getTableName(tables[name]);
    const list = columns.map((column) => `"${column}"`).join(', ');
    return [
      table,
      {
        insert: sql.raw(`insert into "${table}" (${list}) values `),
        columns,
        owner: columns.indexOf(name === 'workspaces' ? 'id' : 'workspace_id'),
      },
    ];
  }),
);

async function insertLine(transaction: Database, workspaceId: string, line: string): Promise<void> {
  const parsed = lineSchema.safeParse(parseLine(line));
  const target = parsed.success ? importTargets.get(parsed.data[0]) : undefined;
  // A row of another workspace would reach into what its viewers see.
  if (!parsed.success || target === undefined || parsed.data[1][target.owner] !== workspaceId) {
    throw new AdjutantError('InvalidInput', 'The export has a line that cannot be read.', {
      hint: 'Nothing was imported. Make the export again.',
    });
  }
  const values = sql.join(
    target.columns.map((_, position) => sql`${parsed.data[1][position] ?? null}`),
    sql`, `,
  );
  await runStatement(transaction, sql`${target.insert} (${values})`);
}

/** The workspace comes last: its mark is what lets the ledger's first line go. */
const madeOnOpening = [
  'people',
  'metric_citations',
  'cited_evidence',
  'teams',
  'approver_grants',
  'audit_entries',
  'audit_heads',
  'audit_seals',
  'row_seals',
  'workspaces',
] as const;

async function refuseFilled(transaction: Database, workspaceId: string): Promise<void> {
  const [row] = await queryTuples<[number]>(
    transaction,
    sql`
    select (select count(*) from raw_records where workspace_id = ${workspaceId})
      + (select count(*) from commits where workspace_id = ${workspaceId})
      + (select count(*) from audit_entries where workspace_id = ${workspaceId}
          and subject is not ${grantSubject(ownerGrantId(workspaceId))})`,
  );
  if ((row?.[0] ?? 0) > 0) {
    throw new AdjutantError('Conflict', 'The store already holds a workspace of that name.', {
      hint: 'Import into a new store file.',
    });
  }
  // What opening the store made for itself gives way to what the export brings; the ledger lets
  // its rows go only while their workspace is marked as going.
  await runStatement(
    transaction,
    sql`update workspaces set deleting_at = created_at where id = ${workspaceId}`,
  );
  for (const table of madeOnOpening) {
    const key = table === 'workspaces' ? 'id' : 'workspace_id';
    await runStatement(
      transaction,
      sql`delete from ${sql.raw(table)} where ${sql.raw(key)} = ${workspaceId}`,
    );
  }
  await forgetTouched(transaction, workspaceId);
}

function parseLine(line: string): unknown {
  try {
    return parseOutsideJson(line);
  } catch (error) {
    if (AdjutantError.isInstance(error)) throw error;
    return null;
  }
}
