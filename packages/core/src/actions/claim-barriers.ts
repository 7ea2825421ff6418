import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRecord, DecisionRow } from './action-rows.ts';
import { askPolicy, type Judgement } from './ask-policy.ts';
import { reserveBudget } from './budget.ts';
import { storedRequirement } from './cast-vote.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { isStopped } from './kill-switch.ts';
import { reserveNudges } from './nudge-limits.ts';
import type { OutcomeReason, WaitReason } from './outcome-reason.ts';
import { hashStoredPayload, sha256 } from './payload-hash.ts';
import type { Progress } from './progress.ts';
import { type Requirement, tighten } from './requirement.ts';
import { canBeLookedFor, readSinceRestore } from './since-restore.ts';
import { parseJsonObject, readPreview } from './stored-preview.ts';
import { askLedger, type LedgerWitness } from './told-by-ledger.ts';
import { canonicalPerson, discountOf, loadCircle } from './who-counts.ts';

/** What keeps an approved action from being sent now. */
export type Barrier =
  /** Nothing changes; it is looked at again. */
  | { kind: 'stand' }
  | { kind: 'wait'; until: number; reason: WaitReason }
  | { kind: 'expire' }
  | { kind: 'fail'; reason: OutcomeReason; detail?: Record<string, unknown> }
  | { kind: 'revoke'; reason: OutcomeReason }
  | { kind: 'person'; reason: OutcomeReason }
  /** It may have been done already: the target is looked at before anything is sent. */
  | { kind: 'look_first' }
  | { kind: 'ask_again'; reason: OutcomeReason; judgement: Judgement; refused: DecisionRow[] };

/** What was found out before the claim, outside of its transaction. */
export interface Rechecked {
  /** Decisions whose proof still proves them. */
  proven: ReadonlySet<string>;
}

/** Checks, in the claim's transaction, everything that must still hold. @returns null where it does */
export async function findBarrier(
  transaction: Database,
  deps: ActionDeps,
  record: ActionRecord,
  found: { definition: AnyActionDefinition; progress: Progress; rechecked: Rechecked },
): Promise<Barrier | null> {
  const { action, revision } = record;
  const { definition, progress, rechecked } = found;
  const at = deps.clock.now();
  if (await isStopped(transaction, action.workspaceId, action.type)) return { kind: 'stand' };
  if (progress.hasLateSuccess && action.effectClass !== 'keyed') {
    return { kind: 'person', reason: 'late_answer_says_done' };
  }
  if (action.executeBy !== null && action.executeBy <= at) return { kind: 'expire' };
  if (revision.preview === null || sha256(revision.preview) !== revision.previewHash) {
    return { kind: 'fail', reason: 'preview_changed' };
  }
  const hash = hashStoredPayload(action, revision, definition);
  if (hash === null || hash !== revision.payloadHash) {
    return { kind: 'fail', reason: 'payload_changed' };
  }
  const preview = readPreview(revision.preview);
  if (preview === null) return { kind: 'fail', reason: 'preview_changed' };
  const witness = await askLedger(transaction, record);
  if (!witness.knowsProposal() || !witness.knowsPayload(hash)) {
    return { kind: 'fail', reason: 'not_in_ledger' };
  }
  // Set back to be carried out again: what became of it before, only a person can find out.
  const isSetBack = !witness.knowsStanding(progress);
  if (isSetBack && !witness.isPending) return { kind: 'person', reason: 'ledger_disagrees' };
  const judgement = await askPolicy(transaction, deps, {
    action,
    definition,
    target: { source: action.targetSource ?? '', ref: action.targetRef ?? '' },
    payload: parseJsonObject(revision.payload),
    preview,
  });
  if (judgement.requirement.mode === 'deny') return { kind: 'revoke', reason: 'policy_denied' };
  // Only tighter counts: a looser policy does not undo what people were asked for.
  const requirement = tighten(storedRequirement(action), judgement.requirement);
  const refused = await approvalsShort(transaction, deps, record, {
    requirement,
    rechecked,
    hash,
    witness,
  });
  if (refused !== null) {
    const reason = refused.length > 0 ? 'approval_no_longer_valid' : 'policy_tightened';
    return { kind: 'ask_again', reason, judgement: { ...judgement, requirement }, refused };
  }
  if (isSetBack) return { kind: 'person', reason: 'ledger_disagrees' };
  const restored = await barrierSinceRestore(transaction, record, { definition, progress });
  if (restored !== null) return restored;
  const limitUsd = judgement.verdict.monthlyCostLimitUsd;
  if (!(await reserveBudget(transaction, action, { limitUsd, at }))) {
    return { kind: 'fail', reason: 'budget_exhausted', detail: { limitUsd } };
  }
  if (progress.isOpen) return null;
  return reserveNudges(transaction, action, preview.nudges, at);
}

/** What a restored store knows nothing of may have been done: it is approved anew and looked for. */
async function barrierSinceRestore(
  transaction: Database,
  record: ActionRecord,
  { definition, progress }: { definition: AnyActionDefinition; progress: Progress },
): Promise<Barrier | null> {
  const since = await readSinceRestore(transaction, record);
  if (since === null || progress.nextStep === null) return null;
  if (!since.isApproved) return { kind: 'person', reason: 'store_restored' };
  if (since.hasLooked(progress.nextStep)) return null;
  if (canBeLookedFor(record, definition)) return { kind: 'look_first' };
  return { kind: 'person', reason: 'store_restored' };
}

/** Returns null where enough approvals still count, else those that no longer do. */
async function approvalsShort(
  transaction: Database,
  deps: ActionDeps,
  { action, revision, decisions }: ActionRecord,
  found: { requirement: Requirement; rechecked: Rechecked; hash: string; witness: LedgerWitness },
): Promise<DecisionRow[] | null> {
  const { requirement, rechecked, hash, witness } = found;
  if (requirement.mode === 'auto') return null;
  const circle = await loadCircle(transaction, action, readPreview(revision.preview));
  const counted = new Set<string>();
  const refused: DecisionRow[] = [];
  for (const decision of decisions) {
    if (decision.verdict !== 'approve') continue;
    const { workspaceId } = action;
    const person = await canonicalPerson(transaction, workspaceId, decision.reviewerPersonId);
    const isValid =
      decision.payloadHash === hash &&
      witness.knowsDecision(decision) &&
      rechecked.proven.has(decision.id) &&
      (await deps.rights.mayDecide(transaction, {
        workspaceId,
        personId: decision.reviewerPersonId,
        type: action.type,
        escalationLevel: action.escalationLevel,
      }));
    if (!isValid) refused.push(decision);
    else {
      const { reviewerPersonId, assurance, surface } = decision;
      const discount = await discountOf(
        transaction,
        workspaceId,
        { person, reviewerPersonId, assurance, surface },
        requirement,
        circle,
      );
      if (discount === null) counted.add(person);
    }
  }
  return counted.size >= requirement.quorum ? null : refused;
}
