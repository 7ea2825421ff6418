import type { Database } from '../store/database.ts';
import { findForeignSchema } from '../store/own-schema.ts';
import type { Findings } from './finding.ts';

/**
 * Adds a finding for whatever in a store decides by itself what is written or read: a trigger that is not
 * Adjutant's, a table that was made otherwise, an index that holds something else than its table.
 */
export async function checkSchema(
  database: Database,
  indexFaults: Promise<readonly string[]>,
  findings: Findings,
): Promise<void> {
  for (const { message } of await findForeignSchema(database)) {
    findings.add('schema_differs', message);
  }
  for (const message of await indexFaults) findings.add('schema_differs', message);
}
