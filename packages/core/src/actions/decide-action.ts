import { z } from 'zod';
import { verdictSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { keyWithoutSecrets } from '../redaction/secrets-only.ts';
import { tellWait } from '../tracing/action-spans.ts';
import { inTrace } from '../tracing/trace-scope.ts';
import { type ActionRow, findAction } from './action-rows.ts';
import type { ActionScope } from './action-scope.ts';
import { type CastResult, castVote } from './cast-vote.ts';
import type { VerifiedProof } from './decision-proof.ts';
import { expireAction } from './expire-action.ts';
import type { DecideInput } from './handle.ts';
import { refuseDecision } from './refuse-decision.ts';
import { refuseUnknownAction } from './refuse-unknown-action.ts';

const proofSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('passkey'),
    challengeId: z.string(),
    response: z.record(z.string(), z.json()),
  }),
  z.object({ kind: z.literal('terminal'), operatingSystemUser: z.string() }),
  z.object({ kind: z.literal('page_session'), sessionId: z.string() }),
  z.object({ kind: z.literal('elicitation'), client: z.string() }),
  z.object({ kind: z.literal('host_session'), subject: z.string(), method: z.string() }),
  z.object({
    kind: z.literal('signed_click'),
    source: z.string(),
    request: z.object({
      headers: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.undefined()])),
      body: z.instanceof(Uint8Array),
    }),
  }),
]);

const decideSchema = z.strictObject({
  actionId: z.string().min(1).max(200),
  revision: z.number().int().positive(),
  payloadHash: z.string().min(1).max(200),
  verdict: verdictSchema,
  reason: z.string().max(4_000).optional(),
  proof: proofSchema,
});

/**
 * Records one person's verdict on exactly one revision. Of two at the same moment the first counts;
 * for an action that is no longer pending the answer is where it stands.
 * @throws AdjutantError `Permission` (not a person, no right, proof too weak), `Conflict` (another
 * revision or hash), `NotFound`
 */
export async function decideAction(scope: ActionScope, input: DecideInput): Promise<ActionRow> {
  const { deps, workspaceId } = scope;
  const given = parseInput(decideSchema, input) as DecideInput;
  // What is refused stands in the ledger with the hash that was given, whatever that was.
  const decision = { ...given, payloadHash: keyWithoutSecrets(given.payloadHash) };
  const { actionId } = decision;
  const before = await findAction(deps.store.read, actionId, workspaceId);
  if (before === null) throw await refuseUnknownAction(scope, actionId, 'decide');
  return inTrace({ traceId: before.traceId }, () => decideKnown(scope, before, decision));
}

async function decideKnown(
  scope: ActionScope,
  before: ActionRow,
  decision: DecideInput,
): Promise<ActionRow> {
  const { deps, workspaceId, viewer } = scope;
  const { actionId, verdict, revision, payloadHash } = decision;
  if (viewer.kind !== 'person') {
    throw await refuseDecision(scope, before, { decision, why: 'not_a_person' });
  }
  let proof: VerifiedProof | null = null;
  // Where there is nothing to decide, a passkey's challenge is not used up for it.
  if (before.status === 'pending' && before.revision === revision) {
    try {
      proof = await deps.proofs.verify({
        workspaceId,
        actionId,
        revision,
        payloadHash,
        verdict,
        reviewerPersonId: viewer.personId,
        proof: decision.proof,
      });
    } catch (cause) {
      await refuseDecision(scope, before, { decision, why: 'proof_invalid' });
      if (AdjutantError.isInstance(cause)) throw cause;
      throw new AdjutantError('Permission', 'The proof that a person decides is not valid.', {
        hint: 'Open the action again and decide once more.',
        cause,
      });
    }
  }
  const cast: CastResult = await deps.store.transaction((transaction) =>
    castVote(transaction, scope, { ...decision, reviewerPersonId: viewer.personId }, proof),
  );
  await deps.reach('after_decide_commit');
  if (cast.isLast === true) {
    tellWait(deps, cast.action, cast.action.status === 'declined' ? 'declined' : 'approved');
  }
  if (cast.refusal !== null) throw cast.refusal;
  const { status, expiresAt } = cast.action;
  if (status !== 'pending' || (expiresAt ?? 0) > deps.clock.now()) return cast.action;
  // Seen to be over once, it is over for good, whatever the clock says later.
  await expireAction(deps, actionId);
  return (await findAction(deps.store.read, actionId, workspaceId)) ?? cast.action;
}
