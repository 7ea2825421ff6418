import { and, eq, lt } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { consumeChallenge, type SignedStatement } from './challenges.ts';
import { type AuthenticatorRow, findTrusted } from './trusted-authenticator.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { type Assertion, assertionSchema } from './webauthn-responses.ts';

const { authenticators } = tables;

/** A signature that was checked, with the passkey that made it. */
export interface UsedPasskey {
  authenticator: AuthenticatorRow;
  assertion: Assertion;
  origin: string;
  counter: number;
}

/**
 * Checks that the person signed the statement just now with a passkey of theirs, and uses the
 * challenge up. What fails is written into the ledger before it is thrown.
 * @throws AdjutantError `Permission`
 */
export async function usePasskey(
  context: ApproverContext,
  signed: SignedStatement,
  response: unknown,
): Promise<UsedPasskey> {
  const parsed = assertionSchema.safeParse(response);
  if (!parsed.success) throw await refuse(context, signed, 'malformed');
  const assertion = parsed.data;
  const challenge = await consumeChallenge(context, signed);
  if (challenge === null) throw await refuse(context, signed, 'no_open_challenge');
  const authenticator = await findByCredential(context, assertion.id);
  if (authenticator?.personId !== signed.personId) {
    throw await refuse(context, signed, 'passkey_unknown');
  }
  const trust = await findTrusted(context, context.store.read, authenticator.id);
  if (!trust.ok) throw await refuse(context, signed, trust.reason);
  const expected = { challenge, counter: authenticator.counter };
  const outcome = await verifyAssertion(context.relyingParty, authenticator, expected, assertion);
  if (!outcome.ok) throw await refuse(context, signed, outcome.reason);
  if (!(await raiseCounter(context, authenticator.id, outcome.counter))) {
    throw await refuse(context, signed, 'counter_went_back');
  }
  return { authenticator, assertion, origin: outcome.origin, counter: outcome.counter };
}

/** Returns the passkey of this credential; null for one that is not enrolled here. */
export async function findByCredential(
  { store, workspaceId }: ApproverContext,
  credentialId: string,
): Promise<AuthenticatorRow | null> {
  const [row] = await store.read
    .select()
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, workspaceId),
        eq(authenticators.credentialId, credentialId),
      ),
    );
  return row ?? null;
}

/**
 * Notes how often a passkey says it was used; false where that went back. Passkeys that are kept in
 * several devices always count 0; others must count up.
 */
export async function raiseCounter(
  { store, workspaceId }: ApproverContext,
  authenticatorId: string,
  counter: number,
): Promise<boolean> {
  if (counter === 0) return true;
  const raised = await store.transaction((transaction) =>
    transaction
      .update(authenticators)
      .set({ counter })
      .where(
        and(
          eq(authenticators.workspaceId, workspaceId),
          eq(authenticators.id, authenticatorId),
          lt(authenticators.counter, counter),
        ),
      )
      .returning({ id: authenticators.id }),
  );
  return raised.length > 0;
}

const advice: Readonly<Record<string, string>> = {
  no_open_challenge: 'Reload the page, look at it again and use your passkey within five minutes.',
  passkey_unknown: 'Use a passkey that is enrolled for you, or enrol this one.',
  passkey_unconfirmed:
    'The store was restored or adopted: an administrator confirms this passkey on the machine, with "adjutant approvers confirm".',
  passkey_revoked: 'Use another passkey of yours.',
  wrong_origin: 'Open the page at its own address, as "adjutant serve" prints it.',
  counter_went_back:
    'This passkey may have been copied. Revoke it with another one and look at the ledger.',
  person_not_verified: 'Unlock the passkey with your fingerprint, face or PIN.',
};

/** Tells the ledger that a proof was refused, and returns the error to throw. */
async function refuse(
  context: ApproverContext,
  { personId, statement }: SignedStatement,
  reason: string,
): Promise<AdjutantError> {
  const { store, workspaceId, clock } = context;
  await store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: `person:${personId}`,
      event: 'passkey.refused',
      subject: statement.purpose === 'decide' ? statement.actionId : null,
      detail: { purpose: statement.purpose, reason },
      outcome: 'refused',
    }),
  );
  return new AdjutantError('Permission', `The passkey does not prove this (${reason}).`, {
    hint: advice[reason] ?? 'Reload the page and try again; "adjutant doctor" shows your passkeys.',
  });
}
