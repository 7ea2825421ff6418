import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { Findings } from './finding.ts';
import type { ReadRow } from './read-chain.ts';
import { storedObject } from './stored-object.ts';

const { actionDecisions, actions, approverGrants, authenticators } = tables;

interface ToldRow {
  seq: number;
  entryId: string;
  subject: string;
  detail: Record<string, unknown>;
}

const grantPrefix = 'approver_grant:';

/**
 * Adds a finding for each entry whose row is gone or says otherwise: a decline that was taken out, a
 * right that was revoked and is back, an executed action that waits to be executed again.
 */
export async function checkToldRows(
  database: Database,
  workspaceId: string,
  rows: readonly ReadRow[],
  findings: Findings,
): Promise<void> {
  await checkDecided(database, workspaceId, toldBy(rows, 'action.decided'), findings);
  await checkExecuted(database, workspaceId, toldBy(rows, 'action.executed'), findings);
  for (const kind of ['granted', 'revoked'] as const) {
    await checkGrants(database, workspaceId, toldBy(rows, `approver.${kind}`), kind, findings);
  }
  for (const kind of ['enrolled', 'revoked'] as const) {
    const told = toldBy(rows, `authenticator.${kind}`);
    await checkAuthenticators(database, workspaceId, told, kind, findings);
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
  const rows = await database
    .select()
    .from(actionDecisions)
    .where(
      and(
        eq(actionDecisions.workspaceId, workspaceId),
        inArray(actionDecisions.actionId, ids(told)),
      ),
    );
  for (const { seq, entryId, subject, detail } of told) {
    const isThere = rows.some(
      (row) =>
        row.actionId === subject &&
        row.revision === detail['revision'] &&
        row.reviewerPersonId === detail['reviewerPersonId'],
    );
    if (isThere) continue;
    const message = `Entry ${seq} tells of a decision on action ${subject} that is no longer in the database.`;
    findings.add('entry_without_row', message, { seq, entryId, subject });
  }
}

async function checkExecuted(
  database: Database,
  workspaceId: string,
  told: readonly ToldRow[],
  findings: Findings,
): Promise<void> {
  if (told.length === 0) return;
  const rows = await database
    .select({ id: actions.id, status: actions.status })
    .from(actions)
    .where(and(eq(actions.workspaceId, workspaceId), inArray(actions.id, ids(told))));
  for (const { seq, entryId, subject } of told) {
    const status = rows.find(({ id }) => id === subject)?.status;
    if (status === 'executed') continue;
    const message = `Entry ${seq} tells that action ${subject} was executed, and the database ${status === undefined ? 'has no such action' : `has it as ${status}`}.`;
    findings.add('entry_without_row', message, { seq, entryId, subject });
  }
}

async function checkGrants(
  database: Database,
  workspaceId: string,
  told: readonly ToldRow[],
  kind: 'granted' | 'revoked',
  findings: Findings,
): Promise<void> {
  if (told.length === 0) return;
  const grantIds = told.map(({ subject }) => subject.replace(grantPrefix, ''));
  const rows = await database
    .select({ id: approverGrants.id, revokedAt: approverGrants.revokedAt })
    .from(approverGrants)
    .where(and(eq(approverGrants.workspaceId, workspaceId), inArray(approverGrants.id, grantIds)));
  for (const [index, { seq, entryId }] of told.entries()) {
    const id = grantIds[index] ?? '';
    const row = rows.find((candidate) => candidate.id === id);
    checkKept('right', id, kind, row, { seq, entryId }, findings);
  }
}

async function checkAuthenticators(
  database: Database,
  workspaceId: string,
  told: readonly ToldRow[],
  kind: 'enrolled' | 'revoked',
  findings: Findings,
): Promise<void> {
  if (told.length === 0) return;
  const keyIds = told.map(({ subject, detail }) => {
    const authenticatorId = detail['authenticatorId'];
    return typeof authenticatorId === 'string' ? authenticatorId : subject;
  });
  const rows = await database
    .select({ id: authenticators.id, revokedAt: authenticators.revokedAt })
    .from(authenticators)
    .where(and(eq(authenticators.workspaceId, workspaceId), inArray(authenticators.id, keyIds)));
  for (const [index, { seq, entryId }] of told.entries()) {
    const id = keyIds[index] ?? '';
    const row = rows.find((candidate) => candidate.id === id);
    checkKept('authenticator', id, kind, row, { seq, entryId }, findings);
  }
}

function checkKept(
  what: string,
  id: string,
  kind: 'granted' | 'enrolled' | 'revoked',
  row: { revokedAt: number | null } | undefined,
  entry: { seq: number; entryId: string },
  findings: Findings,
): void {
  const about = { ...entry, subject: id };
  const told = `Entry ${entry.seq} tells that the ${what} ${id} was ${kind}`;
  if (row === undefined) {
    findings.add('entry_without_row', `${told}, and it is no longer in the database.`, about);
  } else if (kind === 'revoked' && row.revokedAt === null) {
    findings.add('entry_without_row', `${told}, and the database has it in force.`, about);
  }
}

function ids(told: readonly ToldRow[]): string[] {
  return [...new Set(told.map(({ subject }) => subject))];
}
