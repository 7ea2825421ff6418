import type { DecisionProof } from '../actions/handle.ts';
import type { JsonObject } from '../actions/define-action.ts';
import type { ProofVerifier, RecordedDecision } from '../actions/decision-proof.ts';
import type { ApproverContext } from '../approvers/approver-context.ts';
import { createApprovers } from '../approvers/approvers.ts';
import type { Approvers } from '../approvers/handle.ts';
import { createProofVerifier } from '../approvers/proof-verifier.ts';
import { localRelyingParty, notYetServed } from '../approvers/relying-party.ts';
import type { Viewer } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { ensureWorkspace, ownerViewer } from '../workspace/default-owner.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import type { TestAuthenticator } from './test-authenticator.ts';

/** What tests of approvers decide about, unless they say otherwise. */
export const sampleDecision = {
  actionId: 'action-1',
  revision: 1,
  payloadHash: 'a'.repeat(64),
  verdict: 'approve' as const,
  reviewerPersonId: 'owner:default',
};

/** A workspace with its owner, and short words for what people do with passkeys. */
export interface ApproverWorld {
  store: Store;
  clock: FakeClock;
  context: ApproverContext;
  approvers: Approvers;
  proofs: ProofVerifier;
  owner: string;
  admin: Viewer;
  addPerson(id: string, role?: 'member' | 'admin'): Promise<void>;
  mapAccount(externalId: string, personId: string): Promise<void>;
  enrol(personId: string, device: TestAuthenticator): ReturnType<Approvers['finishEnrolment']>;
  /** Enrols a passkey that has to wait, and returns the id under which it does. */
  enrolWaiting(personId: string, device: TestAuthenticator): Promise<string>;
  signRequest(
    signer: string,
    requestId: string,
    device: TestAuthenticator,
  ): ReturnType<Approvers['finishSigning']>;
  passkeyProof(device: TestAuthenticator): Promise<DecisionProof>;
  /** Verifies a proof and returns the row that the engine would keep. */
  record(proof: DecisionProof): Promise<RecordedDecision>;
  signIn(): ReturnType<Approvers['openSession']>;
  events(): Promise<string[]>;
}

/** Opens a store, in memory unless told, with the default workspace. */
export async function openApproverWorld(url = ':memory:'): Promise<ApproverWorld> {
  const workspaceId = 'default';
  const clock = createFakeClock(Date.UTC(2026, 10, 2, 9));
  const store = await openStore(url);
  await ensureWorkspace(store, workspaceId, clock);
  const context = { store, workspaceId, clock, relyingParty: notYetServed(localRelyingParty) };
  const approvers = createApprovers(context);
  const proofs = createProofVerifier(context);
  const admin = ownerViewer(workspaceId);
  const enrol: ApproverWorld['enrol'] = async (personId, device) => {
    const { challengeId, options } = await approvers.beginEnrolment(personId);
    const response = device.register(options);
    return approvers.finishEnrolment(personId, { challengeId, response, label: 'Laptop' });
  };
  const world: ApproverWorld = {
    store,
    clock,
    context,
    approvers,
    proofs,
    owner: sampleDecision.reviewerPersonId,
    admin,
    addPerson: (id, role = 'member') =>
      store.transaction(async (transaction) => {
        await transaction
          .insert(tables.people)
          .values({ id, workspaceId, displayName: id, role, mergedIntoPersonId: null });
      }),
    mapAccount: (externalId, personId) =>
      store.transaction(async (transaction) => {
        await transaction.insert(tables.personAccounts).values({
          workspaceId,
          personId,
          accountSource: 'forge',
          accountExternalId: externalId,
          method: 'confirmed',
          confidence: 1,
          confirmedBy: 'system',
        });
      }),
    enrol,
    async enrolWaiting(personId, device) {
      const result = await enrol(personId, device);
      if (result.state !== 'needs_signature') throw new Error('This passkey had to wait.');
      return result.requestId;
    },
    async signRequest(signer, requestId, device) {
      const { challengeId, options } = await approvers.beginSigning(signer, requestId);
      const response = device.assert(options);
      return approvers.finishSigning(signer, { requestId, challengeId, response });
    },
    async passkeyProof(device) {
      const { challengeId, options } = await approvers.beginDecision(sampleDecision);
      return { kind: 'passkey', challengeId, response: jsonOf(device.assert(options)) };
    },
    async record(proof) {
      const verified = await world.proofs.verify({ workspaceId, ...sampleDecision, proof });
      const decidedAt = clock.now();
      return { id: 'decision-1', workspaceId, ...sampleDecision, ...verified, decidedAt };
    },
    async signIn() {
      const { token } = await approvers.createLoginLink(admin);
      return approvers.openSession(token);
    },
    async events() {
      const { event } = tables.auditEntries;
      return (await store.read.select({ event }).from(tables.auditEntries)).map((row) => row.event);
    },
  };
  return world;
}

/** Returns the value as it comes out of JSON. */
export function jsonOf(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
