import type { PendingPasskey } from './handle.ts';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { activeOf, readAuthenticatorHistory } from './authenticator-history.ts';
import { issueChallenge, type Statement } from './challenges.ts';
import { noteOver } from './end-by-time.ts';
import { insertAuthenticator } from './enrolment.ts';
import { passkeyRequest } from './passkey-request.ts';
import { isAdministrator } from './trusted-authenticator.ts';
import { usePasskey } from './use-passkey.ts';
import type { PasskeyOptions } from './webauthn-responses.ts';

const { authenticatorRequests, people } = tables;

type RequestRow = typeof authenticatorRequests.$inferSelect;

/** Returns the new passkeys that this person may sign: their own, and for an administrator others' first. */
export async function listPendingPasskeys(
  context: ApproverContext,
  signerPersonId: string,
): Promise<PendingPasskey[]> {
  const { store, workspaceId, clock } = context;
  await noteOver(context);
  const rows = await store.read
    .select({ request: authenticatorRequests, personName: people.displayName })
    .from(authenticatorRequests)
    .leftJoin(
      people,
      and(eq(people.workspaceId, workspaceId), eq(people.id, authenticatorRequests.personId)),
    )
    .where(
      and(
        eq(authenticatorRequests.workspaceId, workspaceId),
        isNull(authenticatorRequests.settledAt),
        gt(authenticatorRequests.expiresAt, clock.now()),
      ),
    )
    .orderBy(asc(authenticatorRequests.createdAt), asc(authenticatorRequests.id));
  const pending: PendingPasskey[] = [];
  for (const { request, personName } of rows) {
    if (!(await maySign(context, store.read, signerPersonId, request.personId))) continue;
    const { id: requestId, personId, label, fingerprint, expiresAt } = request;
    pending.push({
      requestId,
      personId,
      personName: personName ?? personId,
      label,
      fingerprint,
      expiresAt,
    });
  }
  return pending;
}

/**
 * Asks a person to sign a new passkey with an earlier one.
 * @throws AdjutantError `NotFound`, `Permission`
 */
export async function beginSigning(
  context: ApproverContext,
  signerPersonId: string,
  requestId: string,
): Promise<{ challengeId: string; options: PasskeyOptions }> {
  await noteOver(context);
  const request = await openRequest(context, context.store.read, requestId);
  await requireSigner(context, context.store.read, signerPersonId, request.personId);
  const { nonce, challenge } = await issueChallenge(context, signerPersonId, statementOf(request));
  const options = await passkeyRequest(context, signerPersonId, challenge);
  return { challengeId: nonce, options };
}

/**
 * Makes a new passkey count, once an earlier one signed it.
 * @throws AdjutantError `NotFound`, `Permission`, `Conflict`
 */
export async function finishSigning(
  context: ApproverContext,
  signerPersonId: string,
  input: { requestId: string; challengeId: string; response: unknown },
): Promise<{ authenticatorId: string; fingerprint: string }> {
  const { store, workspaceId, clock } = context;
  await noteOver(context);
  const request = await openRequest(context, store.read, input.requestId);
  const { authenticator: signer, assertion } = await usePasskey(
    context,
    {
      workspaceId,
      personId: signerPersonId,
      nonce: input.challengeId,
      statement: statementOf(request),
    },
    input.response,
  );
  const id = createIdentifier();
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const { fingerprint: _, ...open } = await openRequest(context, transaction, input.requestId);
    await requireSigner(context, transaction, signerPersonId, open.personId);
    await transaction
      .update(authenticatorRequests)
      .set({ settledAt: at })
      .where(
        and(
          eq(authenticatorRequests.workspaceId, workspaceId),
          eq(authenticatorRequests.id, input.requestId),
        ),
      );
    const { personId, credentialId, publicKey, counter, transports, relyingPartyId, label } =
      request;
    await insertAuthenticator(transaction, {
      workspaceId,
      at,
      id,
      passkey: {
        personId,
        credentialId,
        publicKey,
        counter,
        transports,
        relyingPartyId,
        label,
        fingerprint: request.fingerprint,
      },
      signedById: signer.id,
      proof: { nonce: input.challengeId, signerPersonId, assertion },
      actor: `person:${signerPersonId}`,
    });
  });
  return { authenticatorId: id, fingerprint: request.fingerprint };
}

function statementOf(request: RequestRow): Statement {
  const { personId: forPersonId, credentialId, fingerprint } = request;
  return { purpose: 'sign_enrolment', forPersonId, credentialId, fingerprint };
}

/** A person signs their own; somebody who has none yet needs an administrator's. */
async function maySign(
  context: ApproverContext,
  database: Database,
  signerPersonId: string,
  personId: string,
): Promise<boolean> {
  if (signerPersonId === personId) return true;
  const history = await readAuthenticatorHistory(database, context.workspaceId);
  if (activeOf(history, personId).length > 0) return false;
  return isAdministrator(context, database, signerPersonId);
}

async function requireSigner(
  context: ApproverContext,
  database: Database,
  signerPersonId: string,
  personId: string,
): Promise<void> {
  if (await maySign(context, database, signerPersonId, personId)) return;
  throw new AdjutantError(
    'Permission',
    'A new passkey is signed by an earlier one of the same person.',
    {
      hint: 'Whoever has none yet asks an administrator who has one.',
    },
  );
}

async function openRequest(
  { workspaceId, clock }: ApproverContext,
  database: Database,
  requestId: string,
): Promise<RequestRow> {
  const [request] = await database
    .select()
    .from(authenticatorRequests)
    .where(
      and(
        eq(authenticatorRequests.workspaceId, workspaceId),
        eq(authenticatorRequests.id, requestId),
        isNull(authenticatorRequests.settledAt),
        gt(authenticatorRequests.expiresAt, clock.now()),
      ),
    );
  if (request !== undefined) return request;
  throw new AdjutantError('NotFound', 'No new passkey waits under this id.', {
    hint: 'It may be signed or expired; make it again.',
  });
}
