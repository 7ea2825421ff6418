import type { EnrolledPasskey } from './handle.ts';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { authenticatorSubject } from './authenticator-history.ts';
import { issueChallenge, type Statement } from './challenges.ts';
import { passkeyRequest } from './passkey-request.ts';
import { type AuthenticatorRow, isAdministrator } from './trusted-authenticator.ts';
import { usePasskey } from './use-passkey.ts';
import type { PasskeyOptions } from './webauthn-responses.ts';

const { authenticators, people } = tables;

/** Returns the passkeys of a workspace that are not revoked, the oldest first. */
export async function listPasskeys(context: ApproverContext): Promise<EnrolledPasskey[]> {
  const { store, workspaceId } = context;
  const rows = await store.read
    .select({ row: authenticators, personName: people.displayName })
    .from(authenticators)
    .leftJoin(
      people,
      and(eq(people.workspaceId, workspaceId), eq(people.id, authenticators.personId)),
    )
    .where(and(eq(authenticators.workspaceId, workspaceId), isNull(authenticators.revokedAt)))
    .orderBy(asc(authenticators.enrolledAt), asc(authenticators.id));
  return rows.map(({ row, personName }) => ({
    authenticatorId: row.id,
    personId: row.personId,
    personName: personName ?? row.personId,
    label: row.label,
    fingerprint: row.fingerprint,
    enrolledAt: row.enrolledAt,
    isFirst: row.signedById === null,
  }));
}

/**
 * Asks a person to sign that a passkey no longer counts: one of their own, or as an administrator
 * anybody's.
 * @throws AdjutantError `NotFound`, `Permission`
 */
export async function beginRevocation(
  context: ApproverContext,
  signerPersonId: string,
  authenticatorId: string,
): Promise<{ challengeId: string; options: PasskeyOptions }> {
  const row = await findActive(context, signerPersonId, authenticatorId);
  const { nonce, challenge } = await issueChallenge(context, signerPersonId, statementOf(row));
  const options = await passkeyRequest(context, signerPersonId, challenge);
  return { challengeId: nonce, options };
}

/**
 * Ends a passkey for good. Decisions made with it that were not carried out yet no longer count.
 * @throws AdjutantError `NotFound`, `Permission`
 */
export async function finishRevocation(
  context: ApproverContext,
  signerPersonId: string,
  input: { authenticatorId: string; challengeId: string; response: unknown },
): Promise<void> {
  const { store, workspaceId, clock } = context;
  const row = await findActive(context, signerPersonId, input.authenticatorId);
  const { authenticator: signer } = await usePasskey(
    context,
    {
      workspaceId,
      personId: signerPersonId,
      nonce: input.challengeId,
      statement: statementOf(row),
    },
    input.response,
  );
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const [revoked] = await transaction
      .update(authenticators)
      .set({ revokedAt: at })
      .where(
        and(
          eq(authenticators.workspaceId, workspaceId),
          eq(authenticators.id, row.id),
          isNull(authenticators.revokedAt),
        ),
      )
      .returning({ id: authenticators.id });
    if (revoked === undefined) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: `person:${signerPersonId}`,
      event: 'authenticator.revoked',
      subject: authenticatorSubject,
      detail: {
        authenticatorId: row.id,
        personId: row.personId,
        fingerprint: row.fingerprint,
        signedBy: signer.id,
      },
    });
  });
}

function statementOf({ id: authenticatorId, fingerprint }: AuthenticatorRow): Statement {
  return { purpose: 'revoke', authenticatorId, fingerprint };
}

async function findActive(
  context: ApproverContext,
  signerPersonId: string,
  authenticatorId: string,
): Promise<AuthenticatorRow> {
  const { store, workspaceId } = context;
  const [row] = await store.read
    .select()
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, workspaceId),
        eq(authenticators.id, authenticatorId),
        isNull(authenticators.revokedAt),
      ),
    );
  const isOwn = row?.personId === signerPersonId;
  if (row !== undefined && (isOwn || (await isAdministrator(context, store.read, signerPersonId))))
    return row;
  throw new AdjutantError('NotFound', 'You have no such passkey.', {
    hint: 'An administrator can revoke one for somebody else.',
  });
}
