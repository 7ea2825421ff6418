import { sql } from 'drizzle-orm';
import { Connection } from '../store/connection.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { ledgerTables, sealedTables } from '../store/sealed-tables.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

/** From so many entries on it is worth a thread, which looks while the chain is walked and stops nobody. */
const longLedger = 10_000;

/** Returns what is wrong with the tables of a store in a file and their indexes, in words. */
export async function findIndexFaults({ file, read }: Store, entries: number): Promise<string[]> {
  if (file === null) return [];
  if (entries < longLedger) return compareIndexes(read);
  const connection = await Connection.open(file, undefined, 'write-in-thread');
  try {
    return await compareIndexes(connection.database);
  } finally {
    await connection.close();
  }
}

/**
 * Returns where an index holds something else than its table: of the ledger as well as of what it is held
 * against, because a walk reads by one index what decisions read by another.
 */
export async function compareIndexes(database: Database): Promise<string[]> {
  const faults: string[] = [];
  for (const table of await decisiveTables(database)) {
    const told = await queryTuples<[string]>(
      database,
      sql`select integrity_check from pragma_integrity_check(${table})`,
    );
    for (const [message] of told) if (message !== 'ok') faults.push(`Table ${table}: ${message}.`);
    await yieldToEventLoop();
  }
  return faults;
}

/** Only those that are there, because SQLite takes any other name for the whole file. */
async function decisiveTables(database: Database): Promise<string[]> {
  const names = JSON.stringify([...ledgerTables, ...Object.keys(sealedTables)]);
  const rows = await queryTuples<[string]>(
    database,
    sql`select name from main.sqlite_master where type = 'table'
      and name in (select value from json_each(${names})) order by name`,
  );
  return rows.map(([name]) => name);
}
