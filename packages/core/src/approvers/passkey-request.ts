import { and, asc, eq, isNull } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { challengeLifeMs } from './challenges.ts';
import { loadWebAuthn } from './webauthn-library.ts';
import type { PasskeyOptions } from './webauthn-responses.ts';

const { authenticators } = tables;

/**
 * Returns what a browser needs to ask a person for one of their passkeys.
 * @throws AdjutantError `Permission` for a person without one
 */
export async function passkeyRequest(
  context: ApproverContext,
  personId: string,
  challenge: Buffer,
): Promise<PasskeyOptions> {
  const { store, workspaceId, relyingParty } = context;
  const own = await store.read
    .select({ id: authenticators.credentialId, transports: authenticators.transports })
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, workspaceId),
        eq(authenticators.personId, personId),
        eq(authenticators.relyingPartyId, relyingParty.id),
        isNull(authenticators.revokedAt),
      ),
    )
    .orderBy(asc(authenticators.enrolledAt), asc(authenticators.id));
  if (own.length === 0) {
    throw new AdjutantError('Permission', 'You have no passkey here yet.', {
      hint: 'Enrol one on the page "Passkeys", then decide.',
    });
  }
  const { generateAuthenticationOptions } = await loadWebAuthn();
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    challenge: new Uint8Array(challenge),
    allowCredentials: own,
    userVerification: 'required',
    timeout: challengeLifeMs,
  });
  return { ...options };
}
