import type { JsonObject } from '../actions/define-action.ts';
import { AdjutantError } from '../errors.ts';
import { type IdentityOperation, identityOperationSchema } from '../identity/identity-operation.ts';
import type { IdentityChangePlan } from '../identity/identity-change-plan.ts';
import { planIdentityChange } from '../identity/plan-identity-change.ts';
import type { IdentityProof, PresenceCheck, ProvenPresence } from '../identity/presence.ts';
import { parseInput } from '../parse-input.ts';
import type { ApproverContext } from './approver-context.ts';
import { issueChallenge, type Statement } from './challenges.ts';
import type { PasskeyQuestion } from './handle.ts';
import type { HostSessionVerifier } from './host-session.ts';
import { passkeyRequest } from './passkey-request.ts';
import { isWhereDecided } from './relying-party.ts';
import { listPasskeys } from './revoke-authenticator.ts';
import { findTrusted, isAdministrator } from './trusted-authenticator.ts';
import { usePasskey } from './use-passkey.ts';

function statementOf(change: string): Statement {
  return { purpose: 'change_identity', change };
}

/**
 * Shows an administrator what a change of who is who would do, and asks their passkey to sign exactly
 * that. @throws AdjutantError `Permission` for everybody else, and without a passkey
 */
export async function beginIdentityChange(
  context: ApproverContext,
  personId: string,
  operation: IdentityOperation,
): Promise<PasskeyQuestion & { plan: IdentityChangePlan }> {
  const { store, workspaceId, clock } = context;
  await requireAdministrator(context, personId);
  const viewer = { kind: 'person', personId, role: 'admin' } as const;
  const asking = { workspaceId, viewer, now: clock.now() };
  const asked = parseInput(identityOperationSchema, operation);
  const plan = await planIdentityChange(store.read, asking, asked);
  const { nonce, challenge } = await issueChallenge(context, personId, statementOf(plan.digest));
  const options = await passkeyRequest(context, personId, challenge);
  return { challengeId: nonce, options, plan };
}

/** Returns the check of whether an administrator is there: by passkey, or by the word of a host. */
export function createPresenceCheck(
  context: ApproverContext,
  options: { hostSession: HostSessionVerifier | undefined; cooperativeSuffices: boolean },
): PresenceCheck {
  return {
    cooperativeSuffices: options.cooperativeSuffices,
    async hasPasskey() {
      for (const { authenticatorId, personId } of await listPasskeys(context)) {
        if (!(await isAdministrator(context, context.store.read, personId))) continue;
        if ((await findTrusted(context, context.store.read, authenticatorId)).ok) return true;
      }
      return false;
    },
    prove: ({ viewer: { personId }, digest, proof }) =>
      proof.kind === 'passkey'
        ? byPasskey(context, personId, digest, proof)
        : byHost(context, { personId, digest, proof }, options.hostSession),
  };
}

async function byPasskey(
  context: ApproverContext,
  personId: string,
  change: string,
  proof: Extract<IdentityProof, { kind: 'passkey' }>,
): Promise<ProvenPresence> {
  await requireAdministrator(context, personId);
  const { challengeId: nonce, response } = proof;
  const { workspaceId, relyingParty } = context;
  const statement = statementOf(change);
  const used = await usePasskey(context, { workspaceId, personId, nonce, statement }, response);
  if (!isWhereDecided(relyingParty, used.origin)) {
    throw new AdjutantError('Permission', 'This was signed at another page than this one.', {
      hint: 'Open the page at its own address, as "adjutant serve" prints it.',
    });
  }
  const { id: authenticatorId, fingerprint } = used.authenticator;
  const assertion = { ...used.assertion };
  const evidence = { kind: 'passkey', authenticatorId, fingerprint, nonce, assertion };
  return { assurance: 'presence', evidence: JSON.parse(JSON.stringify(evidence)) as JsonObject };
}

async function byHost(
  { workspaceId }: ApproverContext,
  input: {
    personId: string;
    digest: string;
    proof: Extract<IdentityProof, { kind: 'host_session' }>;
  },
  hostSession: HostSessionVerifier | undefined,
): Promise<ProvenPresence> {
  const vouched = await hostSession?.verifyChange?.({ workspaceId, ...input });
  if (vouched === null || vouched === undefined) {
    throw new AdjutantError('Permission', 'The host does not vouch for this change.', {
      hint: 'A host passes "verifyChange" with "approvals.hostSession" to vouch for its administrators.',
    });
  }
  const { method } = input.proof;
  return { assurance: 'presence', evidence: { kind: 'host_session', method, vouched } };
}

/** By the ledger, not by what a row or a caller says. */
async function requireAdministrator(context: ApproverContext, personId: string): Promise<void> {
  if (await isAdministrator(context, context.store.read, personId)) return;
  throw new AdjutantError('Permission', 'Only an administrator changes what people may do.', {
    hint: 'Whoever installed Adjutant is its administrator: ask them.',
  });
}
