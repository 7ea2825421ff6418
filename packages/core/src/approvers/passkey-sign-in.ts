import { and, eq, lt } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import {
  challengeLifeMs,
  consumeChallenge,
  issueChallenge,
  type SignedStatement,
} from './challenges.ts';
import { secretToken } from './digest.ts';
import type { OpenedSession, PasskeyQuestion } from './handle.ts';
import { insertSession } from './page-sessions.ts';
import { isWhereDecided } from './relying-party.ts';
import { findTrusted } from './trusted-authenticator.ts';
import { findByCredential, raiseCounter } from './use-passkey.ts';
import { verifyAssertion } from './verify-assertion.ts';
import { loadWebAuthn } from './webauthn-library.ts';
import { assertionSchema } from './webauthn-responses.ts';

const { challenges } = tables;

/** Who signs a sign-in: the passkey says it, so the challenge cannot. */
const anybody = 'anybody';

/**
 * Asks whoever is there for any passkey of this installation, and returns what the browser needs. No
 * passkey is named, so that a stranger learns of none.
 */
export async function beginSignIn(context: ApproverContext): Promise<PasskeyQuestion> {
  const { store, workspaceId, clock, relyingParty } = context;
  // Whoever asks is unknown: what they leave behind goes with the next one.
  await store.transaction(async (transaction) => {
    await transaction
      .delete(challenges)
      .where(
        and(
          eq(challenges.workspaceId, workspaceId),
          eq(challenges.purpose, 'sign_in'),
          lt(challenges.expiresAt, clock.now()),
        ),
      );
  });
  const { nonce, challenge } = await issueChallenge(context, anybody, { purpose: 'sign_in' });
  const { generateAuthenticationOptions } = await loadWebAuthn();
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    challenge: new Uint8Array(challenge),
    allowCredentials: [],
    userVerification: 'required',
    timeout: challengeLifeMs,
  });
  return { challengeId: nonce, options: { ...options } };
}

/**
 * Opens a session of the page for whoever's passkey signed the question.
 * @throws AdjutantError `Authentication`, always in the same words
 */
export async function finishSignIn(
  context: ApproverContext,
  input: { challengeId: string; response: unknown },
): Promise<OpenedSession> {
  const found = await whoSigned(context, input);
  if ('refused' in found) throw refusal(context, found.refused);
  const { store, workspaceId, clock } = context;
  const cookie = secretToken();
  const at = clock.now();
  const { personId } = found;
  const session = await store.transaction((transaction) =>
    insertSession(transaction, { workspaceId, personId, at, cookie, method: 'passkey' }),
  );
  if (session === null) throw refusal(context, 'person_unknown');
  return { cookie, session };
}

async function whoSigned(
  context: ApproverContext,
  input: { challengeId: string; response: unknown },
): Promise<{ personId: string } | { refused: string }> {
  const parsed = assertionSchema.safeParse(input.response);
  if (!parsed.success) return { refused: 'malformed' };
  const assertion = parsed.data;
  const signed: SignedStatement = {
    workspaceId: context.workspaceId,
    personId: anybody,
    nonce: input.challengeId,
    statement: { purpose: 'sign_in' },
  };
  const challenge = await consumeChallenge(context, signed);
  if (challenge === null) return { refused: 'no_open_challenge' };
  const authenticator = await findByCredential(context, assertion.id);
  if (authenticator === null) return { refused: 'passkey_unknown' };
  const trust = await findTrusted(context, context.store.read, authenticator.id);
  if (!trust.ok) return { refused: trust.reason };
  const expected = { challenge, counter: authenticator.counter };
  const outcome = await verifyAssertion(context.relyingParty, authenticator, expected, assertion);
  if (!outcome.ok) return { refused: outcome.reason };
  if (!isWhereDecided(context.relyingParty, outcome.origin)) return { refused: 'wrong_origin' };
  if (!(await raiseCounter(context, authenticator.id, outcome.counter))) {
    return { refused: 'counter_went_back' };
  }
  return { personId: authenticator.personId };
}

/** The same words whatever was wrong: a stranger is not told which passkeys there are. */
function refusal({ noteFailedSignIn, workspaceId }: ApproverContext, reason: string) {
  noteFailedSignIn?.({ workspaceId, method: 'passkey', reason });
  return new AdjutantError('Authentication', 'This passkey does not sign anybody in here.', {
    hint: 'Use one that is enrolled here, or open a link: "adjutant approvals link".',
    audience: 'caller',
  });
}
