import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Findings } from './finding.ts';
import type { ReadRow } from './read-chain.ts';
import { storedObject } from './stored-object.ts';
import { anyOf } from './told-entries.ts';

interface ToldRow {
  seq: number;
  entryId: string;
  subject: string;
  detail: Record<string, unknown>;
}

const grantPrefix = 'approver_grant:';

/**
 * Adds a finding for each entry whose row is gone or says otherwise: a decline that was taken out, a
 * right that was revoked and is back.
 */
export async function checkToldRows(
  database: Database,
  workspaceId: string,
  rows: readonly ReadRow[],
  findings: Findings,
): Promise<void> {
  await checkDecided(database, workspaceId, toldBy(rows, 'action.decided'), findings);
  for (const kind of ['granted', 'revoked'] as const) {
    const told = toldBy(rows, `approver.${kind}`);
    const idOf = ({ subject }: ToldRow): string => subject.replace(grantPrefix, '');
    await checkKept(database, workspaceId, { ...grants, kind, told, idOf }, findings);
  }
  for (const kind of ['enrolled', 'revoked'] as const) {
    const told = toldBy(rows, `authenticator.${kind}`);
    await checkKept(
      database,
      workspaceId,
      { ...keys, kind, told, idOf: authenticatorIn },
      findings,
    );
  }
}

function toldBy(rows: readonly ReadRow[], event: string): ToldRow[] {
  return rows
    .filter((row) => row.event === event && typeof row.subject === 'string')
    .map(({ seq, id, subject, detail }) => ({
      seq,
      entryId: id,
      subject: subject ?? '',
      detail: storedObject(detail),
    }));
}

async function checkDecided(
  database: Database,
  workspaceId: string,
  told: readonly ToldRow[],
  findings: Findings,
): Promise<void> {
  if (told.length === 0) return;
  const rows = await queryTuples<[string, number, string]>(
    database,
    sql`select action_id, revision, reviewer_person_id from action_decisions
      where workspace_id = ${workspaceId} and action_id in ${anyOf(told.map(({ subject }) => subject))}`,
  );
  const present = new Set(rows.map((row) => JSON.stringify(row)));
  for (const { seq, entryId, subject, detail } of told) {
    const key = JSON.stringify([subject, detail['revision'], detail['reviewerPersonId']]);
    if (present.has(key)) continue;
    const message = `Entry ${seq} tells of a decision on action ${subject} that is no longer in the database.`;
    findings.add('entry_without_row', message, { seq, entryId, subject });
  }
}

const grants = { what: 'right', table: sql.raw('approver_grants') };
const keys = { what: 'authenticator', table: sql.raw('authenticators') };

interface KeptCheck {
  what: string;
  table: typeof grants.table;
  kind: 'granted' | 'enrolled' | 'revoked';
  told: readonly ToldRow[];
  idOf: (row: ToldRow) => string;
}

async function checkKept(
  database: Database,
  workspaceId: string,
  { what, table, kind, told, idOf }: KeptCheck,
  findings: Findings,
): Promise<void> {
  if (told.length === 0) return;
  const rows = await queryTuples<[string, number | null]>(
    database,
    sql`select id, revoked_at from ${table}
      where workspace_id = ${workspaceId} and id in ${anyOf(told.map(idOf))}`,
  );
  const revokedAt = new Map(rows);
  for (const row of told) {
    const id = idOf(row);
    const about = { seq: row.seq, entryId: row.entryId, subject: id };
    const said = `Entry ${row.seq} tells that the ${what} ${id} was ${kind}`;
    if (!revokedAt.has(id)) {
      findings.add('entry_without_row', `${said}, and it is no longer in the database.`, about);
    } else if (kind === 'revoked' && revokedAt.get(id) === null) {
      findings.add('entry_without_row', `${said}, and the database has it in force.`, about);
    }
  }
}

function authenticatorIn({ subject, detail }: ToldRow): string {
  const id = detail['authenticatorId'];
  return typeof id === 'string' ? id : subject;
}
