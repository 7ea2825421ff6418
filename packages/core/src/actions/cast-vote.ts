import { type Assurance, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import {
  type ActionRecord,
  type ActionRow,
  changeAction,
  type DecisionRow,
  findAction,
  findRecord,
} from './action-rows.ts';
import { type ActionScope, noSuchAction, standingTo } from './action-scope.ts';
import { askPolicy } from './ask-policy.ts';
import type { VerifiedProof } from './decision-proof.ts';
import type { DecideInput } from './handle.ts';
import { hintWorker } from './hint-worker.ts';
import { maskedText } from './outgoing-payload.ts';
import { recordTransition } from './record-transition.ts';
import { recordRefusal, type RefusalReason } from './refuse-decision.ts';
import type { Requirement } from './requirement.ts';
import { parseJsonObject, readPreview } from './stored-preview.ts';
import { canonicalPerson, discountOf, gradeFor, loadCircle } from './who-counts.ts';

const { actionDecisions } = tables;

/** Where the action stands after a vote, and the error to throw once that is committed. */
export interface CastResult {
  action: ActionRow;
  refusal: AdjutantError | null;
  /** Whether this vote ended the wait; absent where it did not. */
  isLast?: boolean;
}

/** Takes one vote in one transaction: the guards, the decision row, and what follows from the count. */
export async function castVote(
  transaction: Database,
  scope: ActionScope,
  decision: DecideInput & { reviewerPersonId: string },
  proof: VerifiedProof | null,
): Promise<CastResult> {
  const { deps, workspaceId } = scope;
  const record = await findRecord(transaction, decision.actionId, workspaceId);
  if (record === null) throw noSuchAction(decision.actionId);
  const { action, revision } = record;
  const at = deps.clock.now();
  const standing = await standingTo(transaction, scope, action);
  // The row names the person as the proof does; what counts is who that is after all merges.
  const person = await canonicalPerson(transaction, workspaceId, decision.reviewerPersonId);
  const refuse = async (why: RefusalReason): Promise<CastResult> => ({
    action,
    refusal: await recordRefusal(transaction, scope, action, { decision, why }),
  });
  if (decision.revision !== action.revision) return refuse('other_revision');
  if (decision.payloadHash !== revision.payloadHash) return refuse('other_payload');
  const isOver = action.status !== 'pending' || (action.expiresAt ?? 0) <= at;
  const votes = await withPeople(transaction, record);
  const own = votes.find((vote) => vote.person === person)?.row;
  if (own !== undefined && own.verdict !== decision.verdict) {
    return isOver ? { action, refusal: null } : refuse('already_decided_otherwise');
  }
  if (own !== undefined) return { action, refusal: null };
  if (isOver) {
    // The answer is where it stands; that somebody came too late is in the ledger all the same.
    await recordRefusal(transaction, scope, action, { decision, why: 'no_longer_pending' });
    return { action, refusal: null };
  }
  if (proof === null) return refuse('other_revision');
  if (!standing.mayDecide) return refuse('no_right');
  const requirement = storedRequirement(action);
  const circle = await loadCircle(transaction, action, readPreview(revision.preview));
  const { reviewerPersonId } = decision;
  const assurance = gradeFor(proof.assurance, { person, reviewerPersonId }, circle);
  if (decision.verdict === 'approve') {
    const approval = { person, reviewerPersonId, assurance, surface: proof.surface };
    const discount = await discountOf(transaction, workspaceId, approval, requirement, circle);
    if (discount !== null) return refuse(discount);
  }
  return takeVote(transaction, scope, record, { decision, proof, assurance, person, votes, at });
}

/** Writes a vote that counts, and does what follows from the count. */
async function takeVote(
  transaction: Database,
  scope: ActionScope,
  record: ActionRecord,
  given: {
    decision: DecideInput & { reviewerPersonId: string };
    proof: VerifiedProof;
    assurance: Assurance;
    person: string;
    votes: readonly Vote[];
    at: number;
  },
): Promise<CastResult> {
  const { action } = record;
  const { decision, proof, assurance, person, votes, at } = given;
  const held = await changeAction(
    transaction,
    action,
    { status: 'pending', revision: action.revision },
    { updatedAt: at },
  );
  if (held === null) {
    return { action: (await findAction(transaction, action.id)) ?? action, refusal: null };
  }
  const reason = maskedText(scope.deps, action.workspaceId, decision.reason);
  const vote: DecisionRow = {
    id: createIdentifier(),
    workspaceId: action.workspaceId,
    actionId: action.id,
    revision: action.revision,
    payloadHash: decision.payloadHash,
    reviewerPersonId: decision.reviewerPersonId,
    verdict: decision.verdict,
    reason,
    surface: proof.surface,
    assurance,
    proof: { ...proof.evidence },
    decidedAt: at,
    voidedAt: null,
  };
  await transaction.insert(actionDecisions).values(vote);
  await recordTransition(transaction, action, {
    event: 'action.decided',
    at,
    actor: viewerLabel(scope.viewer),
    detail: {
      revision: action.revision,
      payloadHash: decision.payloadHash,
      verdict: decision.verdict,
      reviewerPersonId: vote.reviewerPersonId,
      assurance,
      surface: proof.surface,
      decisionId: vote.id,
    },
    outcome: decision.verdict,
    ...(reason === null ? {} : { personal: { reason } }),
  });
  const settled = await count(transaction, scope, {
    record: { ...record, action: held },
    votes: [...votes, { row: vote, person }],
    at,
  });
  return { action: settled, refusal: null, isLast: settled.status !== 'pending' };
}

/** Returns what was asked when the action became pending. */
export function storedRequirement(action: ActionRow): Requirement {
  return {
    mode: action.mode ?? 'require_approval',
    quorum: action.quorum,
    declineThreshold: action.declineThreshold,
    assurance: action.assurance ?? 'presence',
  };
}

/** A vote, and who gave it after all merges. */
interface Vote {
  row: DecisionRow;
  person: string;
}

async function withPeople(transaction: Database, { decisions }: ActionRecord): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const row of decisions) {
    const person = await canonicalPerson(transaction, row.workspaceId, row.reviewerPersonId);
    votes.push({ row, person });
  }
  return votes;
}

async function count(
  transaction: Database,
  scope: ActionScope,
  { record, votes, at }: { record: ActionRecord; votes: readonly Vote[]; at: number },
): Promise<ActionRow> {
  const { action, revision } = record;
  const of = (verdict: DecisionRow['verdict']): number =>
    new Set(votes.filter((vote) => vote.row.verdict === verdict).map((vote) => vote.person)).size;
  const guard = { status: 'pending', revision: action.revision } as const;
  const decidedBy = viewerLabel(scope.viewer);
  const detail = { revision: action.revision, payloadHash: revision.payloadHash };
  if (of('decline') >= action.declineThreshold) {
    const declined = await changeAction(transaction, action, guard, {
      status: 'declined',
      decidedAt: at,
      decidedBy,
      settledAt: at,
      nextEscalationAt: null,
      outcome: { reason: 'declined' },
      updatedAt: at,
    });
    await recordTransition(transaction, action, {
      event: 'action.declined',
      at,
      actor: decidedBy,
      detail,
      outcome: 'declined',
    });
    return declined ?? action;
  }
  if (of('approve') < action.quorum) return action;
  const executeBy = at + (await approvedTtlMs(transaction, scope, record));
  const approved = await changeAction(transaction, action, guard, {
    status: 'approved',
    decidedAt: at,
    decidedBy,
    nextEscalationAt: null,
    executeBy,
    updatedAt: at,
  });
  await recordTransition(transaction, action, {
    event: 'action.approved',
    at,
    actor: decidedBy,
    detail: { ...detail, executeBy },
    outcome: 'approved',
  });
  await hintWorker(transaction, scope.deps, action, 'execute');
  return approved ?? action;
}

/** An hour where the process that decides does not know the type, as the terminal of another. */
const defaultApprovedTtlMs = 3_600_000;

async function approvedTtlMs(
  transaction: Database,
  { deps }: ActionScope,
  { action, revision }: ActionRecord,
): Promise<number> {
  const definition = deps.definitions.get(action.type);
  const preview = readPreview(revision.preview);
  if (definition === undefined || preview === null) return defaultApprovedTtlMs;
  const { verdict } = await askPolicy(transaction, deps, {
    action,
    definition,
    target: { source: action.targetSource ?? '', ref: action.targetRef ?? '' },
    payload: parseJsonObject(revision.payload),
    preview,
  });
  return verdict.approvedTtlMs;
}
