import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { FindingCode, Findings } from './finding.ts';

/** The tables that a ledger itself is kept in, and what an edit of each is called. */
export const ledgerFindings = {
  audit_entries: 'entry_edited',
  audit_heads: 'head_differs',
  audit_personal_data: 'personal_data_differs',
  audit_seals: 'seals_differ',
  row_seals: 'seals_differ',
} as const satisfies Readonly<Record<string, FindingCode>>;

/**
 * Adds a finding where a ledger's own tables hold bytes in the place of a text or a number, or a text with
 * U+0000. The driver ends such a text there, so every hash still fits, and SQL no longer finds the row by
 * it: what runs would not see an entry that verification sees.
 */
export async function checkLedgerKinds(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  for (const [table, code] of Object.entries(ledgerFindings)) {
    const columns = await queryTuples<[name: string, type: string]>(
      database,
      sql`select name, lower(type) from pragma_table_info(${table})`,
    );
    const odd = columns.map(([name, type]) =>
      type === 'integer'
        ? `typeof("${name}") not in ('integer', 'null')`
        : `typeof("${name}") not in ('text', 'null') or instr("${name}", char(0))`,
    );
    const rows = await queryTuples<[number]>(
      database,
      sql`select count(*) from ${sql.raw(`"${table}"`)}
        where workspace_id = ${workspaceId} and (${sql.raw(odd.join(' or '))})`,
    );
    const count = rows[0]?.[0] ?? 0;
    if (count === 0) continue;
    const message = `${count === 1 ? 'A row' : `${count} rows`} of ${table} ${count === 1 ? 'holds' : 'hold'} bytes, or a text with U+0000, which Adjutant never writes there.`;
    findings.add(code, message);
  }
}
