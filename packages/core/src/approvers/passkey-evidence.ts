import { z } from 'zod';
import type { ProofInput, RecordedDecision } from '../actions/decision-proof.ts';
import { AdjutantError } from '../errors.ts';
import type { ApproverContext } from './approver-context.ts';
import { challengeOf, issueChallenge, type SignedStatement } from './challenges.ts';
import type { PastProofs } from './past-proofs.ts';
import { passkeyRequest } from './passkey-request.ts';
import { isWhereDecided } from './relying-party.ts';
import { findTrusted } from './trusted-authenticator.ts';
import { usePasskey } from './use-passkey.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { assertionSchema, type PasskeyOptions } from './webauthn-responses.ts';

/** What is kept with a decision. The claim checks the signature from it alone. */
export const passkeyEvidenceSchema = z.object({
  kind: z.literal('passkey'),
  /** Who signed: the very person whom the decision names. */
  personId: z.string(),
  authenticatorId: z.string(),
  fingerprint: z.string(),
  nonce: z.string(),
  origin: z.string(),
  assertion: assertionSchema,
});
export type PasskeyEvidence = z.infer<typeof passkeyEvidenceSchema>;

type Decision = Pick<
  ProofInput,
  'workspaceId' | 'actionId' | 'revision' | 'payloadHash' | 'verdict' | 'reviewerPersonId'
>;

/**
 * Asks a person to sign exactly this decision, and returns what the browser needs for it.
 * @throws AdjutantError `Permission` for a person without a passkey
 */
export async function beginDecision(
  context: ApproverContext,
  decision: Omit<Decision, 'workspaceId'>,
): Promise<{ challengeId: string; options: PasskeyOptions; expiresAt: number }> {
  const { reviewerPersonId: personId, actionId, revision, payloadHash, verdict } = decision;
  const statement = { purpose: 'decide', actionId, revision, payloadHash, verdict } as const;
  const { nonce, challenge, expiresAt } = await issueChallenge(context, personId, statement);
  const options = await passkeyRequest(context, personId, challenge);
  return { challengeId: nonce, options, expiresAt };
}

/**
 * Checks and uses up a person's signature under a decision.
 * @throws AdjutantError `Permission`
 */
export async function takePasskeyEvidence(
  context: ApproverContext,
  input: ProofInput,
): Promise<PasskeyEvidence> {
  if (input.proof.kind !== 'passkey') throw new AdjutantError('InvalidInput', 'No passkey.');
  const nonce = input.proof.challengeId;
  const used = await usePasskey(context, signedDecision(input, nonce), input.proof.response);
  if (!isWhereDecided(context.relyingParty, used.origin)) {
    throw new AdjutantError('Permission', 'This was signed at another page than this one.', {
      hint: 'Open the page at its own address, as "adjutant serve" prints it.',
    });
  }
  return {
    kind: 'passkey',
    personId: input.reviewerPersonId,
    authenticatorId: used.authenticator.id,
    fingerprint: used.authenticator.fingerprint,
    nonce,
    origin: used.origin,
    assertion: used.assertion,
  };
}

/** Returns whether kept evidence still is this person's signature under this very decision. */
export async function stillProves(
  context: ApproverContext,
  decision: RecordedDecision,
): Promise<boolean> {
  const evidence = passkeyEvidenceSchema.safeParse(decision.evidence);
  if (!evidence.success) return false;
  const { personId, authenticatorId, fingerprint, nonce, assertion } = evidence.data;
  const trust = await findTrusted(context, context.store.read, authenticatorId);
  if (!trust.ok) return false;
  const { authenticator } = trust;
  if (authenticator.personId !== personId || authenticator.fingerprint !== fingerprint)
    return false;
  if (personId !== decision.reviewerPersonId) return false;
  const challenge = challengeOf(signedDecision(decision, nonce));
  const outcome = await verifyAssertion(
    context.relyingParty,
    authenticator,
    // Later signatures have raised the counter since.
    { challenge, counter: 0 },
    assertion,
  );
  return outcome.ok && isWhereDecided(context.relyingParty, outcome.origin);
}

/**
 * Returns whether kept evidence is a signature under this very decision, by the passkey whose row it
 * names. Whether that passkey still counts is another question: it may have been revoked since.
 */
export async function wasSigned(
  { passkeys }: PastProofs,
  decision: RecordedDecision,
): Promise<boolean> {
  const evidence = passkeyEvidenceSchema.safeParse(decision.evidence);
  if (!evidence.success) return false;
  const { personId, authenticatorId, nonce, origin, assertion } = evidence.data;
  const passkey = passkeys.get(authenticatorId);
  if (passkey === undefined || passkey.personId !== personId) return false;
  if (personId !== decision.reviewerPersonId) return false;
  const challenge = challengeOf(signedDecision(decision, nonce));
  const party = { id: passkey.relyingPartyId, name: '', origins: [origin] };
  return (await verifyAssertion(party, passkey, { challenge, counter: 0 }, assertion)).ok;
}

function signedDecision(decision: Decision, nonce: string): SignedStatement {
  const { workspaceId, reviewerPersonId, actionId, revision, payloadHash, verdict } = decision;
  return {
    workspaceId,
    personId: reviewerPersonId,
    nonce,
    statement: { purpose: 'decide', actionId, revision, payloadHash, verdict },
  };
}
