import { and, eq, inArray, ne, or, isNull, sum } from 'drizzle-orm';
import type { PolicyRequest, PolicyVerdict } from '../policy/policy-engine.ts';
import { containsSensitiveText } from '../redaction/create-text-redactor.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';
import type { AnyActionDefinition, JsonObject } from './define-action.ts';
import { textsIn } from './outgoing-payload.ts';
import { higherRisk, type Requirement, requirementOf } from './requirement.ts';
import type { StoredPreview } from './stored-preview.ts';

const { budgetReservations } = tables;

/** What policy says, and what the engine makes of it. */
export interface Judgement {
  verdict: PolicyVerdict;
  requirement: Requirement;
  hash: string;
}

/** Returns what the policy in force asks of a prepared action. An error in it asks for approval. */
export async function askPolicy(
  transaction: Database,
  deps: ActionDeps,
  question: {
    action: ActionRow;
    definition: AnyActionDefinition;
    target: { source: string; ref: string };
    payload: JsonObject;
    preview: StoredPreview;
  },
): Promise<Judgement> {
  const { action, definition, target, payload, preview } = question;
  const { workspaceId } = action;
  const policy = deps.policyFor(workspaceId);
  const risk = higherRisk(definition.risk, preview.raisedRisk?.risk ?? definition.risk);
  const spentMicros = await spentUsdMicros(
    transaction,
    workspaceId,
    monthOf(deps.clock.now()),
    action.id,
  );
  const outgoing = [preview.content ?? '', ...textsIn(payload)].join('\n');
  const request: PolicyRequest = {
    type: action.type,
    risk,
    requesterKind: action.requesterKind,
    targetRef: target.ref,
    source: target.source,
    payload,
    conditions: preview.conditions,
    costUsd: action.costUsdMicros / 1_000_000,
    spentUsd: spentMicros / 1_000_000,
    containsSensitiveText: preview.masked !== null || containsSensitiveText(outgoing),
  };
  const verdict = evaluateSafely(deps, () => policy.evaluate(request), risk);
  // A verdict cannot make an action less risky than it is.
  const floored = { ...verdict, risk: higherRisk(verdict.risk, risk) };
  const cooperativeSuffices = workspaceId === deps.cooperativeWorkspaceId;
  const requirement = requirementOf(floored, { cooperativeSuffices });
  return { verdict: floored, requirement, hash: policy.hash };
}

/** Returns what other actions and model calls spent or reserved in a month. */
export async function spentUsdMicros(
  database: Database,
  workspaceId: string,
  month: string,
  exceptActionId: string,
): Promise<number> {
  const [row] = await database
    .select({ total: sum(budgetReservations.amountUsdMicros) })
    .from(budgetReservations)
    .where(
      and(
        eq(budgetReservations.workspaceId, workspaceId),
        eq(budgetReservations.month, month),
        inArray(budgetReservations.status, ['reserved', 'spent']),
        or(isNull(budgetReservations.actionId), ne(budgetReservations.actionId, exceptActionId)),
      ),
    );
  return Number(row?.total ?? 0);
}

/** Returns the month of an instant in UTC: `2026-11`. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** By contract it never throws; where one does all the same, a person is asked. */
function evaluateSafely(
  deps: ActionDeps,
  evaluate: () => PolicyVerdict,
  risk: PolicyVerdict['risk'],
): PolicyVerdict {
  try {
    return evaluate();
  } catch (error) {
    deps.logger.log('error', 'the policy failed while it was asked; approval is required', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return {
      mode: 'require_approval',
      risk,
      quorum: 1,
      declineThreshold: 1,
      assurance: 'presence',
      reasons: ['The policy failed while it was asked, so approval is required.'],
      pendingTtlMs: 24 * 3_600_000,
      approvedTtlMs: 3_600_000,
      escalateAt: [],
      monthlyCostLimitUsd: null,
    };
  }
}
