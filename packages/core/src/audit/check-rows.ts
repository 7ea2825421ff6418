import { eq, sql } from 'drizzle-orm';
import { authenticatorSubject } from '../approvers/authenticator-history.ts';
import { digest } from '../approvers/digest.ts';
import { grantDetail, grantSubject } from '../approvers/record-grant.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Findings } from './finding.ts';
import { readTold } from './told-entries.ts';

const { approverGrants, authenticators } = tables;

const pageSize = 500;

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

type DecisionTuple = [string, string, number, string, string, string, string];

async function checkDecisions(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  let last: DecisionTuple | undefined;
  do {
    // In the order of the index, so that each page begins where the one before it ended.
    const beyond =
      last === undefined
        ? sql``
        : sql`and (action_id, revision, reviewer_person_id) > (${last[1]}, ${last[2]}, ${last[3]})`;
    const rows: DecisionTuple[] = await queryTuples<DecisionTuple>(
      database,
      sql`select id, action_id, revision, reviewer_person_id, payload_hash, verdict, assurance
        from action_decisions where workspace_id = ${workspaceId} ${beyond}
        order by action_id, revision, reviewer_person_id limit ${pageSize}`,
    );
    const subjects = rows.map(([, actionId]) => actionId);
    const told = await readTold(database, workspaceId, ['action.decided'], subjects);
    for (const [
      id,
      actionId,
      revision,
      reviewerPersonId,
      payloadHash,
      verdict,
      assurance,
    ] of rows) {
      const isTold = told
        .get(actionId)
        ?.some(
          ({ detail }) =>
            detail['revision'] === revision &&
            detail['payloadHash'] === payloadHash &&
            detail['verdict'] === verdict &&
            detail['reviewerPersonId'] === reviewerPersonId &&
            detail['assurance'] === assurance,
        );
      if (isTold === true) continue;
      const message = `Decision ${id} (${verdict} of action ${actionId}, revision ${revision}) stands in the database, and the ledger tells of no such decision.`;
      findings.add('row_without_entry', message, { subject: actionId });
    }
    last = rows.length < pageSize ? undefined : rows.at(-1);
    await yieldToEventLoop();
  } while (last !== undefined);
}

async function checkAuthenticators(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const rows = await database
    .select({
      id: authenticators.id,
      personId: authenticators.personId,
      publicKey: authenticators.publicKey,
      fingerprint: authenticators.fingerprint,
      signedById: authenticators.signedById,
    })
    .from(authenticators)
    .where(eq(authenticators.workspaceId, workspaceId));
  const events = ['authenticator.enrolled'];
  const told = await readTold(database, workspaceId, events, [authenticatorSubject]);
  for (const row of rows) {
    const isTold = told
      .get(authenticatorSubject)
      ?.some(
        ({ detail }) =>
          detail['authenticatorId'] === row.id &&
          detail['personId'] === row.personId &&
          detail['fingerprint'] === row.fingerprint &&
          (detail['signedBy'] ?? null) === row.signedById,
      );
    const about = { subject: row.id };
    if (isTold !== true) {
      const message = `Authenticator ${row.id} of ${row.personId} stands in the database, and the ledger tells of no such enrolment.`;
      findings.add('row_without_entry', message, about);
    } else if (digest(Buffer.from(row.publicKey, 'base64url')) !== row.fingerprint) {
      const message = `The public key of authenticator ${row.id} of ${row.personId} is not the one that was enrolled.`;
      findings.add('row_without_entry', message, about);
    }
  }
}

async function checkGrants(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const rows = await database
    .select()
    .from(approverGrants)
    .where(eq(approverGrants.workspaceId, workspaceId));
  for (const row of rows) {
    const subject = grantSubject(row.id);
    const told = await readTold(database, workspaceId, ['approver.granted'], [subject]);
    const granted = canonicalJson(grantDetail(row));
    if (told.get(subject)?.some(({ detail }) => canonicalJson(detail) === granted) === true)
      continue;
    const message = `The right ${row.id} of ${row.personId} to decide stands in the database, and the ledger tells of no such grant.`;
    findings.add('row_without_entry', message, { subject: row.id });
  }
}

type ExecutedTuple = [string, string, string | null];

async function checkExecuted(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const events = ['action.executed', 'action.resolved'];
  let after: string | null = null;
  do {
    // The pluses keep SQLite from the index of statuses: in its order every page would sort all rows.
    const rows: ExecutedTuple[] = await queryTuples<ExecutedTuple>(
      database,
      sql`select a.id, a.type, (
          select r.payload_hash from action_revisions r
          where r.workspace_id = a.workspace_id and r.action_id = a.id and r.revision = a.revision
        )
        from actions a
        where +a.workspace_id = ${workspaceId} and +a.status = 'executed' ${after === null ? sql`` : sql`and a.id > ${after}`}
        order by a.id limit ${pageSize}`,
    );
    const subjects = rows.map(([id]) => id);
    const told = await readTold(database, workspaceId, events, subjects);
    for (const [id, type, payloadHash] of rows) {
      const isTold = told.get(id)?.some(({ event, detail }) =>
        event === 'action.executed'
          ? detail['payloadHash'] === payloadHash
          : // A person's verdict on an effect that nobody could tell of.
            detail['verdict'] === 'happened',
      );
      if (isTold === true) continue;
      const message = `Action ${id} (${type}) is marked as executed, and the ledger tells of no execution of that payload.`;
      findings.add('row_without_entry', message, { subject: id });
    }
    after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
    await yieldToEventLoop();
  } while (after !== null);
}
