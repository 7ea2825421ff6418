import type { EnrolmentResult, NewPasskey } from './handle.ts';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { withoutSecrets } from '../redaction/secrets-only.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { authenticatorSubject, readAuthenticatorHistory } from './authenticator-history.ts';
import { challengeLifeMs, consumeChallenge, issueChallenge } from './challenges.ts';
import { digest } from './digest.ts';
import { isOriginOf } from './relying-party.ts';
import { isAdministrator } from './trusted-authenticator.ts';
import { loadWebAuthn } from './webauthn-library.ts';
import {
  type PasskeyOptions,
  readClientData,
  type Registration,
  registrationSchema,
} from './webauthn-responses.ts';

const { authenticators, authenticatorRequests, people } = tables;

/** How long a new passkey waits for the signature of an earlier one. @unit milliseconds */
const requestLifeMs = 24 * 3_600_000;

/**
 * Ed25519, ECDSA with P-256, RSA with SHA-256: what every authenticator has. Named, because the
 * library would otherwise ask the runtime for newer ones, which Node answers with a warning.
 *
 * @source IANA COSE Algorithms
 */
const algorithms = [-8, -7, -257];

/** Returns what a browser needs to make a passkey for a person. */
export async function beginEnrolment(
  context: ApproverContext,
  personId: string,
): Promise<{ challengeId: string; options: PasskeyOptions }> {
  const { store, workspaceId, relyingParty } = context;
  const [person] = await store.read
    .select({ name: people.displayName })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (person === undefined) throw new AdjutantError('NotFound', 'There is no such person.');
  const own = await store.read
    .select({ id: authenticators.credentialId, transports: authenticators.transports })
    .from(authenticators)
    .where(
      and(
        eq(authenticators.workspaceId, workspaceId),
        eq(authenticators.personId, personId),
        isNull(authenticators.revokedAt),
      ),
    );
  const { nonce, challenge } = await issueChallenge(context, personId, { purpose: 'enrol' });
  const { generateRegistrationOptions } = await loadWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: relyingParty.name,
    rpID: relyingParty.id,
    userName: person.name,
    userDisplayName: person.name,
    // Not the person's id: the device keeps it, and whoever has the device can read it.
    userID: new Uint8Array(Buffer.from(digest(`${workspaceId}\n${personId}`), 'base64url')),
    challenge: new Uint8Array(challenge),
    excludeCredentials: own,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
    timeout: challengeLifeMs,
  });
  return { challengeId: nonce, options: { ...options } };
}

/**
 * Takes a passkey that a browser made. The first one of a workspace is trusted on this first use and
 * has to be an administrator's; every later one waits for the signature of an earlier one.
 * @throws AdjutantError `Permission`, `InvalidInput`, `Conflict`
 */
export async function finishEnrolment(
  context: ApproverContext,
  personId: string,
  input: { challengeId: string; response: unknown; label: string },
): Promise<EnrolmentResult> {
  const { store, workspaceId, clock } = context;
  const passkey = await checkRegistration(context, personId, input);
  const at = clock.now();
  const id = createIdentifier();
  return store.transaction(async (transaction): Promise<EnrolmentResult> => {
    const isFirst = await hasNoPasskey(transaction, workspaceId);
    if (!isFirst) {
      await transaction.insert(authenticatorRequests).values({
        ...passkey,
        id,
        workspaceId,
        createdAt: at,
        expiresAt: at + requestLifeMs,
        settledAt: null,
      });
      await appendAuditEntry(transaction, {
        workspaceId,
        at,
        actor: `person:${personId}`,
        event: 'authenticator.requested',
        subject: id,
        detail: { personId, fingerprint: passkey.fingerprint },
      });
      return { state: 'needs_signature', requestId: id, fingerprint: passkey.fingerprint };
    }
    if (!(await isAdministrator(context, transaction, personId))) {
      throw new AdjutantError('Permission', 'The first passkey has to be an administrator’s.', {
        hint: 'Let an administrator enrol theirs first; with it they sign yours.',
      });
    }
    await insertAuthenticator(transaction, {
      workspaceId,
      at,
      id,
      passkey,
      signedById: null,
      proof: null,
      actor: `person:${personId}`,
    });
    return { state: 'enrolled', authenticatorId: id, fingerprint: passkey.fingerprint };
  });
}

/** Makes a passkey count, and tells the ledger. */
export async function insertAuthenticator(
  transaction: Database,
  enrolment: {
    workspaceId: string;
    at: number;
    id: string;
    passkey: NewPasskey;
    signedById: string | null;
    proof: Record<string, unknown> | null;
    actor: string;
  },
): Promise<void> {
  const { workspaceId, at, id, passkey, signedById, proof, actor } = enrolment;
  const [known] = await transaction
    .insert(authenticators)
    .values({
      ...passkey,
      id,
      workspaceId,
      signedById,
      enrolmentProof: proof,
      enrolledAt: at,
      revokedAt: null,
    })
    .onConflictDoNothing()
    .returning({ id: authenticators.id });
  if (known === undefined) {
    throw new AdjutantError('Conflict', 'This passkey is enrolled already.');
  }
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor,
    event: 'authenticator.enrolled',
    subject: authenticatorSubject,
    detail: {
      authenticatorId: id,
      personId: passkey.personId,
      credentialId: passkey.credentialId,
      fingerprint: passkey.fingerprint,
      signedBy: signedById,
    },
    personal: { label: passkey.label },
  });
}

/** By the table and by the ledger: emptying the table does not bring a second first one. */
async function hasNoPasskey(transaction: Database, workspaceId: string): Promise<boolean> {
  const [present] = await transaction
    .select({ id: authenticators.id })
    .from(authenticators)
    .where(eq(authenticators.workspaceId, workspaceId))
    .limit(1);
  if (present !== undefined) return false;
  return (await readAuthenticatorHistory(transaction, workspaceId)).length === 0;
}

const labelSchema = z.string().trim().min(1).max(60);

async function checkRegistration(
  context: ApproverContext,
  personId: string,
  input: { challengeId: string; response: unknown; label: string },
): Promise<NewPasskey> {
  const { workspaceId, relyingParty } = context;
  const registration = parseInput(registrationSchema, input.response);
  const label = withoutSecrets(parseInput(labelSchema, input.label));
  const challenge = await consumeChallenge(context, {
    workspaceId,
    personId,
    nonce: input.challengeId,
    statement: { purpose: 'enrol' },
  });
  if (challenge === null) {
    throw new AdjutantError('Permission', 'The time for making this passkey is over.', {
      hint: 'Reload the page and try again.',
    });
  }
  const origin = readClientData(registration.response.clientDataJSON)?.origin ?? '';
  if (!isOriginOf(relyingParty, origin)) throw unusablePasskey();
  const credential = await verifyRegistration(relyingParty.id, origin, challenge, registration);
  return {
    personId,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: registration.response.transports ?? [],
    relyingPartyId: relyingParty.id,
    label,
    fingerprint: digest(credential.publicKey),
  };
}

async function verifyRegistration(
  relyingPartyId: string,
  origin: string,
  challenge: Buffer,
  { authenticatorAttachment, response, ...rest }: Registration,
) {
  const { verifyRegistrationResponse } = await loadWebAuthn();
  const { transports, ...made } = response;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...rest,
        ...(authenticatorAttachment === undefined ? {} : { authenticatorAttachment }),
        response: { ...made, ...(transports === undefined ? {} : { transports }) },
      },
      expectedChallenge: challenge.toString('base64url'),
      expectedOrigin: origin,
      expectedRPID: relyingPartyId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (verified) return registrationInfo.credential;
  } catch (error) {
    throw unusablePasskey(error);
  }
  throw unusablePasskey();
}

function unusablePasskey(cause?: unknown): AdjutantError {
  return new AdjutantError('Permission', 'This passkey could not be verified.', {
    hint: 'Use one that asks for your fingerprint, face or PIN, on the page’s own address.',
    cause,
  });
}
