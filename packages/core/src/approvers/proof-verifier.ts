import type { HostSessionProof, HostSessionVerifier } from './host-session.ts';
import { z } from 'zod';
import type {
  ProofInput,
  ProofVerifier,
  RecordedDecision,
  VerifiedProof,
} from '../actions/decision-proof.ts';
import type { JsonObject } from '../actions/define-action.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { withoutSecrets } from '../redaction/secrets-only.ts';
import type { Store } from '../store/store.ts';
import type { ApproverContext } from './approver-context.ts';
import { findSession, hadSession } from './page-sessions.ts';
import { stillProves, takePasskeyEvidence } from './passkey-evidence.ts';
import type { ClicksOf } from './click-receiver.ts';
import { stillPressed, takeClickEvidence } from './click-evidence.ts';
import type { ServedRelyingParty } from './relying-party.ts';

export interface ProofVerifierOptions {
  store: Store;
  clock: Clock;
  relyingParty: ServedRelyingParty;
  /** Without it a host's session proves nothing. */
  hostSession?: HostSessionVerifier | undefined;
  /** Without it a button proves nothing. */
  clicksOf?: ClicksOf | undefined;
}

/**
 * Returns the grader of proofs: a passkey's signature under the payload hash is `presence`, and so is
 * a host's session where the host vouches for it, and a signed press of a button by an account that a
 * passkey linked. A terminal, the page's own session and an answer
 * through an assistant's client are `cooperative`: a process of the same user can imitate them.
 */
export function createProofVerifier(options: ProofVerifierOptions): ProofVerifier {
  const { store, clock, relyingParty, hostSession, clicksOf = () => null } = options;
  const judges = { hostSession, clicksOf };
  const contextOf = (workspaceId: string): ApproverContext => ({
    store,
    workspaceId,
    clock,
    relyingParty,
  });
  return {
    verify: (input) => verify(contextOf(input.workspaceId), input, judges),
    recheck: (decision) => recheck(contextOf(decision.workspaceId), decision, judges),
  };
}

/** Who else is asked about proofs. */
interface Judges {
  hostSession: HostSessionVerifier | undefined;
  clicksOf: ClicksOf;
}

function verify(
  context: ApproverContext,
  input: ProofInput,
  { hostSession, clicksOf }: Judges,
): Promise<VerifiedProof> {
  const { proof } = input;
  if (proof.kind === 'passkey') return verifyPasskey(context, input);
  if (proof.kind === 'page_session') return verifyPageSession(context, input, proof.sessionId);
  if (proof.kind === 'host_session') return verifyHostSession(input, proof, hostSession);
  if (proof.kind === 'signed_click') return verifyClick(context, input, clicksOf);
  const { kind } = proof;
  const evidence =
    proof.kind === 'terminal'
      ? { kind, operatingSystemUser: withoutSecrets(proof.operatingSystemUser) }
      : { kind, client: withoutSecrets(proof.client) };
  return Promise.resolve({ assurance: 'cooperative', surface: kind, evidence });
}

async function verifyPasskey(context: ApproverContext, input: ProofInput): Promise<VerifiedProof> {
  const evidence = await takePasskeyEvidence(context, input);
  return { assurance: 'presence', surface: 'page', evidence: asJson(evidence) };
}

async function verifyClick(
  context: ApproverContext,
  input: ProofInput,
  clicksOf: ClicksOf,
): Promise<VerifiedProof> {
  const evidence = await takeClickEvidence(context, input, clicksOf);
  return { assurance: 'presence', surface: 'slack', evidence: asJson(evidence) };
}

async function verifyPageSession(
  context: ApproverContext,
  input: ProofInput,
  sessionId: string,
): Promise<VerifiedProof> {
  const session = await findSession(context, sessionId);
  if (session?.viewer.personId !== input.reviewerPersonId) {
    throw new AdjutantError('Permission', 'You are not signed in at the page.', {
      hint: 'Open a new link from "adjutant serve".',
    });
  }
  const evidence = { kind: 'page_session', sessionId };
  return { assurance: 'cooperative', surface: 'page', evidence };
}

async function verifyHostSession(
  input: ProofInput,
  proof: HostSessionProof,
  hostSession: HostSessionVerifier | undefined,
): Promise<VerifiedProof> {
  const vouched = await hostSession?.verify({ ...input, proof });
  if (vouched === null || vouched === undefined) {
    throw new AdjutantError('Permission', 'The host does not vouch for this decision.', {
      hint: 'A host passes "approvals.hostSession" to createAdjutant to vouch for its sign-in.',
    });
  }
  const evidence = { kind: 'host_session', method: withoutSecrets(proof.method), vouched };
  return { assurance: 'presence', surface: 'host', evidence };
}

const kindSchema = z.object({ kind: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const vouchedSchema = z.object({ vouched: z.record(z.string(), z.json()) });
const surfaceOfKind: Readonly<Record<string, RecordedDecision['surface']>> = {
  passkey: 'page',
  page_session: 'page',
  terminal: 'terminal',
  elicitation: 'elicitation',
  host_session: 'host',
  signed_click: 'slack',
};

async function recheck(
  context: ApproverContext,
  decision: RecordedDecision,
  { hostSession, clicksOf }: Judges,
): Promise<boolean> {
  const evidence = decision.evidence ?? {};
  const kind = kindSchema.safeParse(evidence).data?.kind ?? '';
  if (surfaceOfKind[kind] !== decision.surface) return false;
  if (kind === 'passkey') return stillProves(context, decision);
  if (kind === 'signed_click') return stillPressed(context, decision, clicksOf);
  if (kind === 'host_session') {
    const kept = vouchedSchema.safeParse(evidence);
    const { evidence: _, ...rest } = decision;
    return kept.success && (await hostSession?.recheck(rest, kept.data.vouched)) === true;
  }
  // Nothing else is ever worth more, whatever a row says.
  if (decision.assurance !== 'cooperative') return false;
  if (kind !== 'page_session') return true;
  const session = sessionSchema.safeParse(evidence);
  if (!session.success) return false;
  return hadSession(context.store.read, {
    workspaceId: decision.workspaceId,
    personId: decision.reviewerPersonId,
    sessionId: session.data.sessionId,
    at: decision.decidedAt,
  });
}

const jsonObjectSchema = z.record(z.string(), z.json());

/** Leaves out what is `undefined`, as the row will. */
function asJson(value: object): JsonObject {
  return jsonObjectSchema.parse(JSON.parse(JSON.stringify(value)));
}
