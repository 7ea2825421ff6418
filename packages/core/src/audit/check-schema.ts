import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { findForeignSchema } from '../store/own-schema.ts';
import { queryTuples } from '../store/raw-query.ts';
import { readSealedShapes } from '../store/sealed-shapes.ts';
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
  for (const { table } of await readSealedShapes(database)) {
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
