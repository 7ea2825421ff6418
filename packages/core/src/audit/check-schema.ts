import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { findForeignSchema } from '../store/own-schema.ts';
import { queryTuples } from '../store/raw-query.ts';
import { ledgerTables, sealedTables } from '../store/sealed-tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Findings } from './finding.ts';

/**
 * Adds a finding for whatever in a store decides by itself what is written or read: a trigger that is not
 * Adjutant's, a table that was made otherwise, an index that holds something else than its table.
 */
export async function checkSchema(database: Database, findings: Findings): Promise<void> {
  for (const { message } of await findForeignSchema(database)) {
    findings.add('schema_differs', message);
  }
  for (const table of await decisiveTables(database)) {
    const told = await queryTuples<[string]>(
      database,
      sql`select integrity_check from pragma_integrity_check(${table})`,
    );
    for (const [message] of told) {
      if (message !== 'ok') findings.add('schema_differs', `Table ${table}: ${message}.`);
    }
    await yieldToEventLoop();
  }
}

/**
 * The ledger as well as what it is held against: a walk reads by one index what decisions read by another.
 * Only those that are there, because SQLite takes any other name for the whole file.
 */
async function decisiveTables(database: Database): Promise<string[]> {
  const names = JSON.stringify([...ledgerTables, ...Object.keys(sealedTables)]);
  const rows = await queryTuples<[string]>(
    database,
    sql`select name from main.sqlite_master where type = 'table'
      and name in (select value from json_each(${names})) order by name`,
  );
  return rows.map(([name]) => name);
}
