import { createHash } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { canonicalJson } from '../canonical-json.ts';
import type { Verdict } from '../domain.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest, secretToken } from './digest.ts';
import { noteOver } from './end-by-time.ts';

const { challenges } = tables;

/** How long somebody may take to touch their passkey. @unit milliseconds */
export const challengeLifeMs = 5 * 60_000;

/** Everything that a signature of a passkey can say here. The words are hashed into the challenge. */
export type Statement =
  | {
      purpose: 'decide';
      actionId: string;
      revision: number;
      payloadHash: string;
      verdict: Verdict;
    }
  | { purpose: 'enrol' }
  | { purpose: 'sign_in' }
  | { purpose: 'sign_enrolment'; forPersonId: string; credentialId: string; fingerprint: string }
  | { purpose: 'revoke'; authenticatorId: string; fingerprint: string }
  /** Of who is who, or of a role: the digest of exactly what is to change. */
  | { purpose: 'change_identity'; change: string }
  | {
      purpose: 'link_account';
      forPersonId: string;
      accountSource: string;
      accountExternalId: string;
      vendorId: string;
    };

/** A statement with where and by whom it is made. */
export interface SignedStatement {
  workspaceId: string;
  /** Who signs; `anybody` for a sign-in, where the signature itself says who. */
  personId: string;
  /** Makes each challenge another one; handed to the page, never stored before it was used. */
  nonce: string;
  statement: Statement;
}

/**
 * Returns the bytes that a passkey signs over: the hash of the whole statement. So a signature is
 * over one payload, one revision and one verdict, and cannot be carried to another.
 */
export function challengeOf({ workspaceId, personId, nonce, statement }: SignedStatement): Buffer {
  const { purpose, ...words } = statement;
  const text = canonicalJson({
    domain: `adjutant.${purpose}.v1`,
    workspace: workspaceId,
    person: personId,
    nonce,
    ...words,
  });
  return createHash('sha256').update(text).digest();
}

/** Asks for a signature under a statement, once and for a few minutes. Only a digest is stored. */
export async function issueChallenge(
  context: ApproverContext,
  personId: string,
  statement: Statement,
): Promise<{ nonce: string; challenge: Buffer; expiresAt: number }> {
  const { store, workspaceId, clock } = context;
  const nonce = secretToken();
  const challenge = challengeOf({ workspaceId, personId, nonce, statement });
  const expiresAt = clock.now() + challengeLifeMs;
  await store.transaction(async (transaction) => {
    await transaction.insert(challenges).values({
      id: digest(challenge),
      workspaceId,
      personId,
      purpose: statement.purpose,
      subject: subjectOf(statement),
      expiresAt,
      usedAt: null,
    });
  });
  return { nonce, challenge, expiresAt };
}

/**
 * Uses a challenge up and returns it, whatever the signature turns out to be; null for one that was
 * never issued for exactly this statement, was used, or has expired.
 */
export async function consumeChallenge(
  context: ApproverContext,
  signed: SignedStatement,
): Promise<Buffer | null> {
  const now = context.clock.now();
  const challenge = challengeOf(signed);
  const isOpen = and(
    eq(challenges.id, digest(challenge)),
    eq(challenges.workspaceId, signed.workspaceId),
    eq(challenges.personId, signed.personId),
    eq(challenges.purpose, signed.statement.purpose),
    isNull(challenges.usedAt),
    gt(challenges.expiresAt, now),
  );
  const { store } = context;
  // Read first: whoever makes challenges up has nobody wait for the one who writes.
  const known = await store.read.select({ id: challenges.id }).from(challenges).where(isOpen);
  if (known.length === 0) {
    await noteOver(context);
    return null;
  }
  const used = await store.transaction((transaction) =>
    transaction
      .update(challenges)
      .set({ usedAt: now })
      .where(isOpen)
      .returning({ id: challenges.id }),
  );
  return used.length === 0 ? null : challenge;
}

function subjectOf(statement: Statement): string {
  if (statement.purpose === 'decide') return statement.actionId;
  if (statement.purpose === 'sign_enrolment') return statement.fingerprint;
  if (statement.purpose === 'link_account') return statement.vendorId;
  if (statement.purpose === 'change_identity') return statement.change;
  if (statement.purpose === 'revoke') return statement.authenticatorId;
  return statement.purpose === 'sign_in' ? 'sign_in' : 'enrolment';
}
