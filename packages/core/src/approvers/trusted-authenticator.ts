import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { activeOf, type HistoryEvent, readAuthenticatorHistory } from './authenticator-history.ts';
import { challengeOf } from './challenges.ts';
import { isPasskeyConfirmed } from './confirmed.ts';
import { digest } from './digest.ts';
import { ownerGrantId, ownerIdOf } from './owner-grant.ts';
import { grantSubject } from './record-grant.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { assertionSchema } from './webauthn-responses.ts';

const { auditEntries, authenticators, people } = tables;

export type AuthenticatorRow = typeof authenticators.$inferSelect;

/** What is kept of the signature under an enrolment, so that it can be checked at any time. */
export const enrolmentProofSchema = z.object({
  nonce: z.string(),
  signerPersonId: z.string(),
  assertion: assertionSchema,
});

export type Trust = { ok: true; authenticator: AuthenticatorRow } | { ok: false; reason: string };

/** Nobody enrols passkeys in a longer line than this. */
const longestLine = 64;

/**
 * Returns a passkey if it may speak for its person: its enrolment stands in the ledger as the row
 * tells it, nothing revoked it, and signatures lead from it to the first passkey of the workspace.
 * A row that was put into the table past Adjutant fails one of these.
 */
export async function findTrusted(
  context: ApproverContext,
  database: Database,
  authenticatorId: string,
): Promise<Trust> {
  const history = await readAuthenticatorHistory(database, context.workspaceId);
  if (
    history.some((event) => event.event === 'revoked' && event.authenticatorId === authenticatorId)
  )
    return distrusted('passkey_revoked');
  const authenticator = await readRow(context, database, authenticatorId);
  if (authenticator === null) return distrusted('passkey_unknown');
  if (authenticator.revokedAt !== null) return distrusted('passkey_revoked');
  if (!(await isPasskeyConfirmed(database, context.workspaceId, authenticatorId)))
    return distrusted('passkey_unconfirmed');
  let current = authenticator;
  for (let length = 0; length < longestLine; length += 1) {
    const place = placeOf(history, current);
    if (place === -1) return distrusted('enrolment_not_in_ledger');
    if (current.signedById === null) {
      // Only one was ever trusted without a signature: the one that the ledger names first.
      if (place !== history.findIndex(({ event }) => event === 'enrolled'))
        return distrusted('enrolment_not_signed');
      return { ok: true, authenticator };
    }
    const signer = await readRow(context, database, current.signedById);
    if (signer === null) return distrusted('signer_unknown');
    const reason = await wrongWithSignature(context, database, history, place, current, signer);
    if (reason !== null) return distrusted(reason);
    current = signer;
  }
  return distrusted('line_too_long');
}

/** Returns where the ledger tells of this very enrolment; -1 where it does not, or tells otherwise. */
function placeOf(history: readonly HistoryEvent[], row: AuthenticatorRow): number {
  const place = history.findIndex(
    (event) => event.event === 'enrolled' && event.authenticatorId === row.id,
  );
  const entry = history[place];
  if (entry?.event !== 'enrolled') return -1;
  const isSame =
    entry.personId === row.personId &&
    entry.credentialId === row.credentialId &&
    entry.fingerprint === row.fingerprint &&
    entry.signedBy === row.signedById &&
    row.fingerprint === digest(Buffer.from(row.publicKey, 'base64url'));
  return isSame ? place : -1;
}

async function wrongWithSignature(
  context: ApproverContext,
  database: Database,
  history: readonly HistoryEvent[],
  place: number,
  enrolled: AuthenticatorRow,
  signer: AuthenticatorRow,
): Promise<string | null> {
  const before = history.slice(0, place);
  if (!activeOf(before, signer.personId).includes(signer.id)) return 'signer_not_active_then';
  if (signer.personId !== enrolled.personId) {
    if (activeOf(before, enrolled.personId).length > 0) return 'signed_by_another_person';
    if (!(await isAdministrator(context, database, signer.personId))) {
      return 'signed_by_another_person';
    }
  }
  const proof = enrolmentProofSchema.safeParse(enrolled.enrolmentProof);
  if (!proof.success || proof.data.signerPersonId !== signer.personId)
    return 'enrolment_not_signed';
  const challenge = challengeOf({
    workspaceId: context.workspaceId,
    personId: signer.personId,
    nonce: proof.data.nonce,
    statement: {
      purpose: 'sign_enrolment',
      forPersonId: enrolled.personId,
      credentialId: enrolled.credentialId,
      fingerprint: enrolled.fingerprint,
    },
  });
  const outcome = await verifyAssertion(
    context.relyingParty,
    signer,
    { challenge, counter: 0 },
    proof.data.assertion,
  );
  return outcome.ok ? null : 'enrolment_not_signed';
}

/**
 * Returns whether this person administers the workspace, and the ledger made them so: a role that was
 * written past Adjutant signs for nobody.
 */
export async function isAdministrator(
  { workspaceId }: Pick<ApproverContext, 'workspaceId'>,
  database: Database,
  personId: string,
): Promise<boolean> {
  if (personId !== ownerIdOf(workspaceId)) return false;
  const [person] = await database
    .select({ role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (person?.role !== 'admin') return false;
  const entries = await database
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, grantSubject(ownerGrantId(workspaceId))),
        eq(auditEntries.event, 'approver.granted'),
      ),
    );
  return entries.some(({ detail }) => detail['personId'] === personId);
}

async function readRow(
  { workspaceId }: ApproverContext,
  database: Database,
  id: string,
): Promise<AuthenticatorRow | null> {
  const [row] = await database
    .select()
    .from(authenticators)
    .where(and(eq(authenticators.workspaceId, workspaceId), eq(authenticators.id, id)));
  return row ?? null;
}

function distrusted(reason: string): Trust {
  return { ok: false, reason };
}
