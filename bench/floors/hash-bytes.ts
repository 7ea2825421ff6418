// The least that verifying a chain can cost: SHA-256 over the same bytes, link by link, as the driver
// gives them. No project code runs.
import { hash } from 'node:crypto';
import Database from 'libsql';

/** Reads the columns that are hashed and hashes them, each with the hash before it. */
export function hashChain(path: string): string {
  const database = new Database(path);
  const statement = database
    .prepare(
      `select workspace_id || id || at || actor || event || coalesce(subject, '') || detail ||
        coalesce(trace_id, '') || coalesce(outcome, '') || coalesce(personal_digests, '') || seq
      from audit_entries where seq is not null order by seq`,
    )
    .raw(true);
  let previous = '0'.repeat(64);
  for (const [body] of statement.iterate() as Iterable<[string]>) {
    previous = hash('sha256', `adjutant.ledger.entry.v1\n${previous}\n${body}`);
  }
  database.close();
  return previous;
}
