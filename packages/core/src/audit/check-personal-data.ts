import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { personalDigest } from './entry-hash.ts';
import { erasedEntryIds, personalDataErasedEvent } from './erasure-entry.ts';
import type { Findings } from './finding.ts';
import type { ReadRow } from './read-chain.ts';
import { storedObject } from './stored-object.ts';

/** Compares personal data with the digests in the chain, and what is missing with the erasures. */
export interface PersonalDataCheck {
  look(rows: readonly ReadRow[]): Promise<void>;
  finish(upTo: number): Promise<void>;
}

interface Field {
  seq: number;
  entryId: string;
  name: string;
}

/** Returns a check that is shown the chain chunk by chunk; an erasure stands later in it than what it erased. */
export function createPersonalDataCheck(
  database: Database,
  workspaceId: string,
  findings: Findings,
): PersonalDataCheck {
  const missing: Field[] = [];
  const present = new Map<string, number>();
  const erased = new Set<string>();
  return {
    async look(rows) {
      for (const row of rows) for (const id of erasedEntryIds(row)) erased.add(id);
      const first = rows[0];
      const last = rows.at(-1);
      if (first === undefined || last === undefined) return;
      const values = await readValues(database, workspaceId, first.seq, last.seq);
      for (const row of rows) compare(row, values.get(row.id), { missing, present, findings });
    },
    async finish(upTo) {
      for (const row of await readErasuresAfter(database, workspaceId, upTo)) {
        for (const id of erasedEntryIds(row)) erased.add(id);
      }
      for (const { seq, entryId, name } of missing) {
        if (erased.has(entryId)) continue;
        const message = `The ${name} of entry ${seq} is gone, and no entry tells that it was erased.`;
        findings.add('personal_data_differs', message, { seq, entryId });
      }
      for (const [entryId, seq] of present) {
        if (!erased.has(entryId) || (await isGone(database, workspaceId, entryId))) continue;
        const message = `Personal data of entry ${seq} was erased and is there again.`;
        findings.add('personal_data_differs', message, { seq, entryId });
      }
    },
  };
}

type Values = Map<string, { salt: string; value: string }>;

function compare(
  row: ReadRow,
  values: Values | undefined,
  to: { missing: Field[]; present: Map<string, number>; findings: Findings },
): void {
  if (row.personalDigests === null && values === undefined) return;
  const digests = storedObject(row.personalDigests);
  const about = { seq: row.seq, entryId: row.id };
  for (const [name, digest] of Object.entries(digests)) {
    const stored = values?.get(name);
    if (stored === undefined) {
      to.missing.push({ ...about, name });
    } else if (personalDigest(stored.salt, name, stored.value) !== digest) {
      const message = `The ${name} of entry ${row.seq} is not what was written.`;
      to.findings.add('personal_data_differs', message, about);
    } else {
      to.present.set(row.id, row.seq);
    }
  }
  for (const name of values?.keys() ?? []) {
    if (name in digests) continue;
    const message = `Entry ${row.seq} was written without the ${name} that stands beside it.`;
    to.findings.add('personal_data_differs', message, about);
  }
}

async function readValues(
  database: Database,
  workspaceId: string,
  from: number,
  to: number,
): Promise<Map<string, Values>> {
  const rows = await queryTuples<[string, string, string, string]>(
    database,
    sql`select p.entry_id, p.name, p.salt, p.value
      from audit_entries e
      join audit_personal_data p on p.workspace_id = e.workspace_id and p.entry_id = e.id
      where e.workspace_id = ${workspaceId} and e.seq >= ${from} and e.seq <= ${to}`,
  );
  const byEntry = new Map<string, Values>();
  for (const [entryId, name, salt, value] of rows) {
    const values: Values = byEntry.get(entryId) ?? new Map();
    values.set(name, { salt, value });
    byEntry.set(entryId, values);
  }
  return byEntry;
}

/** What was erased while the chain was walked. */
async function readErasuresAfter(
  database: Database,
  workspaceId: string,
  upTo: number,
): Promise<{ event: string; detail: string }[]> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select detail from audit_entries
      where workspace_id = ${workspaceId} and seq > ${upTo} and event = ${personalDataErasedEvent}`,
  );
  return rows.map(([detail]) => ({ event: personalDataErasedEvent, detail }));
}

async function isGone(database: Database, workspaceId: string, entryId: string): Promise<boolean> {
  const rows = await queryTuples(
    database,
    sql`select 1 from audit_personal_data
      where workspace_id = ${workspaceId} and entry_id = ${entryId} limit 1`,
  );
  return rows.length === 0;
}
