import { and, asc, eq, gt, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { grantDetail, grantSubject } from '../approvers/record-grant.ts';
import { digest } from '../approvers/digest.ts';
import { authenticatorSubject } from '../approvers/authenticator-history.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Findings } from './finding.ts';

const { actionDecisions, actionRevisions, actions, approverGrants, auditEntries, authenticators } =
  tables;

const pageSize = 300;

interface Told {
  subject: string | null;
  event: string;
  detail: Record<string, unknown>;
}

/** Adds a finding for each row that decides what may happen, or says that it did, and has no entry that tells the same. */
export async function checkRows(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  await checkDecisions(database, workspaceId, findings);
  await checkAuthenticators(database, workspaceId, findings);
  await checkGrants(database, workspaceId, findings);
  await checkExecuted(database, workspaceId, findings);
}

async function checkDecisions(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const page = (after: SQL | undefined) =>
    database
      .select()
      .from(actionDecisions)
      .where(and(eq(actionDecisions.workspaceId, workspaceId), after))
      .orderBy(asc(actionDecisions.id))
      .limit(pageSize);
  for await (const rows of pages(page, (id) => gt(actionDecisions.id, id))) {
    const subjects = rows.map(({ actionId }) => actionId);
    const told = await entriesOf(database, workspaceId, ['action.decided'], subjects);
    for (const row of rows) {
      const isTold = told.some(
        ({ subject, detail }) =>
          subject === row.actionId &&
          detail['revision'] === row.revision &&
          detail['payloadHash'] === row.payloadHash &&
          detail['verdict'] === row.verdict &&
          detail['reviewerPersonId'] === row.reviewerPersonId &&
          detail['assurance'] === row.assurance,
      );
      if (isTold) continue;
      findings.add(
        'row_without_entry',
        `Decision ${row.id} (${row.verdict} of action ${row.actionId}, revision ${row.revision}) stands in the database, and the ledger tells of no such decision.`,
        { subject: row.actionId },
      );
    }
  }
}

async function checkAuthenticators(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const rows = await database
    .select()
    .from(authenticators)
    .where(eq(authenticators.workspaceId, workspaceId))
    .orderBy(asc(authenticators.id));
  const subjects = [authenticatorSubject, ...rows.map(({ id }) => id)];
  const told = await entriesOf(database, workspaceId, ['authenticator.enrolled'], subjects);
  for (const row of rows) {
    const isTold = told.some(
      ({ subject, detail }) =>
        (detail['authenticatorId'] ?? subject) === row.id &&
        detail['fingerprint'] === row.fingerprint &&
        (detail['signedBy'] ?? detail['signedById'] ?? null) === row.signedById &&
        (detail['personId'] ?? row.personId) === row.personId,
    );
    const about = { subject: row.id };
    if (!isTold) {
      const message = `Authenticator ${row.id} of ${row.personId} stands in the database, and the ledger tells of no such enrolment.`;
      findings.add('row_without_entry', message, about);
    } else if (!isFingerprintOf(row.fingerprint, row.publicKey)) {
      const message = `The public key of authenticator ${row.id} of ${row.personId} is not the one that was enrolled.`;
      findings.add('row_without_entry', message, about);
    }
  }
}

function isFingerprintOf(fingerprint: string, publicKey: string): boolean {
  return digest(Buffer.from(publicKey, 'base64url')) === fingerprint;
}

async function checkGrants(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const page = (after: SQL | undefined) =>
    database
      .select()
      .from(approverGrants)
      .where(and(eq(approverGrants.workspaceId, workspaceId), after))
      .orderBy(asc(approverGrants.id))
      .limit(pageSize);
  for await (const rows of pages(page, (id) => gt(approverGrants.id, id))) {
    const subjects = rows.map(({ id }) => grantSubject(id));
    const told = await entriesOf(database, workspaceId, ['approver.granted'], subjects);
    for (const row of rows) {
      const isTold = told.some(
        ({ subject, detail }) =>
          subject === grantSubject(row.id) &&
          canonicalJson(detail) === canonicalJson(grantDetail(row)),
      );
      if (isTold) continue;
      findings.add(
        'row_without_entry',
        `The right ${row.id} of ${row.personId} to decide stands in the database, and the ledger tells of no such grant.`,
        { subject: row.id },
      );
    }
  }
}

async function checkExecuted(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const page = (after: SQL | undefined) =>
    database
      .select({ id: actions.id, type: actions.type, payloadHash: actionRevisions.payloadHash })
      .from(actions)
      .leftJoin(
        actionRevisions,
        and(
          eq(actionRevisions.workspaceId, workspaceId),
          eq(actionRevisions.actionId, actions.id),
          eq(actionRevisions.revision, actions.revision),
        ),
      )
      .where(and(eq(actions.workspaceId, workspaceId), eq(actions.status, 'executed'), after))
      .orderBy(asc(actions.id))
      .limit(pageSize);
  const events = ['action.executed', 'action.resolved'];
  for await (const rows of pages(page, (id) => gt(actions.id, id))) {
    const subjects = rows.map(({ id }) => id);
    const told = await entriesOf(database, workspaceId, events, subjects);
    for (const row of rows) {
      const isTold = told.some(
        ({ subject, event, detail }) =>
          subject === row.id &&
          (event === 'action.executed'
            ? detail['payloadHash'] === row.payloadHash
            : // A person's verdict on an effect that nobody could tell of.
              detail['verdict'] === 'happened'),
      );
      if (isTold) continue;
      findings.add(
        'row_without_entry',
        `Action ${row.id} (${row.type}) is marked as executed, and the ledger tells of no execution of that payload.`,
        { subject: row.id },
      );
    }
  }
}

/** Reads a table a page at a time, and lets timers and sockets through between pages. */
async function* pages<Row extends { id: string }>(
  read: (after: SQL | undefined) => Promise<Row[]>,
  beyond: (id: string) => SQL,
): AsyncGenerator<Row[]> {
  let after: SQL | undefined;
  for (;;) {
    const rows = await read(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < pageSize) return;
    after = beyond(last.id);
    await yieldToEventLoop();
  }
}

/** Only entries with a place in the chain tell anything: others were not there when they should have been written. */
async function entriesOf(
  database: Database,
  workspaceId: string,
  events: readonly string[],
  subjects: readonly string[],
): Promise<Told[]> {
  return database
    .select({
      subject: auditEntries.subject,
      event: auditEntries.event,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        inArray(auditEntries.subject, [...new Set(subjects)]),
        inArray(auditEntries.event, [...events]),
        isNotNull(auditEntries.seq),
      ),
    );
}
