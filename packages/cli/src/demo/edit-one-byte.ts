import { dirname, join } from 'node:path';
import { demoStoreName } from './demo-config.ts';

/** The ledger's row that was written over, as somebody with the file and no Adjutant would. */
export interface EditedRow {
  entryId: string;
  before: string;
  after: string;
}

/** Changes one byte of one entry of the demo's ledger, past all that protects it. */
export async function editOneByte(configPath: string, entryId: string): Promise<EditedRow> {
  const { default: Database } = await import('libsql');
  const database = new Database(join(dirname(configPath), demoStoreName), { timeout: 5_000 });
  try {
    const trigger: unknown = database
      .prepare("select sql from sqlite_master where name = 'audit_entries_no_update'")
      .raw(true)
      .get([]);
    database.exec('drop trigger if exists audit_entries_no_update');
    const row: unknown = database
      .prepare('select actor from audit_entries where id = ?')
      .raw(true)
      .get([entryId]);
    const before = Array.isArray(row) ? String(row[0]) : '';
    const last = before.charCodeAt(before.length - 1);
    const after = before.slice(0, -1) + String.fromCharCode(last ^ 1);
    database.prepare('update audit_entries set actor = ? where id = ?').run([after, entryId]);
    // As somebody would who wants nobody to see that they were there.
    if (Array.isArray(trigger)) database.exec(String(trigger[0]));
    return { entryId, before, after };
  } finally {
    database.close();
  }
}
