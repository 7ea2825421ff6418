import { and, eq } from 'drizzle-orm';
import { monthOf, spentUsdMicros } from '../actions/ask-policy.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { defaultLimits } from '../policy/policy.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import type { TextRedactor } from '../redaction/create-text-redactor.ts';
import { createIdentifier } from '../store/identifier.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { MeteredTextModel, TextAnswer, TextModel, TextRequest } from './text-model.ts';

const { budgetReservations } = tables;

export interface MeterDeps {
  store: Store;
  clock: Clock;
  workspaceId: string;
  /** Who asks, as the ledger names them. */
  actor: string;
  /** Returns what is in force now. */
  policy(this: void): Promise<{ engine: PolicyEngine; redactor: TextRedactor }>;
}

/** One call, from its reservation to what it cost. */
interface Call {
  id: string;
  traceId: string;
  declaredMicros: number;
}

/**
 * Returns a model whose calls share the month's budget with actions. The declared cost is reserved
 * before the call, in one transaction with the look at what is left, so that two calls cannot both
 * have the last of it; what it really cost replaces it afterwards. A call that fails, or whose
 * process dies, counts as declared: it may be on the bill.
 */
export function meterTextModel(model: TextModel, deps: MeterDeps): MeteredTextModel {
  return {
    id: model.id,
    async generate({ purpose, ...wanted }, { signal, traceId } = {}) {
      const { engine, redactor } = await deps.policy();
      const request: TextRequest = {
        ...wanted,
        instructions: redactor.redact(wanted.instructions),
        input: redactor.redact(wanted.input),
      };
      const call: Call = {
        id: createIdentifier(),
        traceId: traceId ?? createIdentifier(),
        declaredMicros: microsOf(model.declareCostUsd(request), model.id),
      };
      await reserve(deps, model, { call, purpose, limitUsd: limitOf(engine) });
      let answer: TextAnswer;
      try {
        answer = await model.generate(request, { signal: signal ?? new AbortController().signal });
      } catch (error) {
        await settle(deps, model, call, null);
        throw failed(error, signal);
      }
      await settle(deps, model, call, answer);
      return answer;
    },
  };
}

function limitOf({ monthlyCostLimitUsd }: PolicyEngine): number | null {
  return monthlyCostLimitUsd === undefined ? defaultLimits.maxMonthlyCostUsd : monthlyCostLimitUsd;
}

/** Every fraction of a millionth counts as one, so that many small calls are not free. */
function microsOf(costUsd: number, modelId: string): number {
  // Six digits after the point are exact enough to tell 0.01 from what floating point makes of it.
  if (Number.isFinite(costUsd) && costUsd >= 0)
    return Math.ceil(Number((costUsd * 1e6).toFixed(3)));
  throw new AdjutantError(
    'Configuration',
    `The model "${modelId}" declares a cost of ${costUsd}.`,
    {
      hint: 'declareCostUsd returns US dollars, from 0.',
    },
  );
}

async function reserve(
  { store, clock, workspaceId, actor }: MeterDeps,
  model: TextModel,
  { call, purpose, limitUsd }: { call: Call; purpose: string; limitUsd: number | null },
): Promise<void> {
  const { id, traceId, declaredMicros } = call;
  const totalMicros = await store.transaction(async (transaction) => {
    const at = clock.now();
    const month = monthOf(at);
    const spent = await spentUsdMicros(transaction, workspaceId, month, '');
    const total = spent + declaredMicros;
    const isOver =
      limitUsd !== null && declaredMicros > 0 && total > Math.round(limitUsd * 1_000_000);
    if (!isOver) {
      await transaction.insert(budgetReservations).values({
        id,
        workspaceId,
        actionId: null,
        month,
        amountUsdMicros: declaredMicros,
        status: 'reserved',
        createdAt: at,
      });
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: isOver ? 'model.refused' : 'model.called',
      subject: id,
      detail: {
        model: model.id,
        purpose,
        declaredUsdMicros: declaredMicros,
        ...(isOver ? { reason: 'budget_exhausted', spentUsdMicros: spent, limitUsd } : {}),
      },
      traceId,
      outcome: isOver ? 'refused' : null,
    });
    return isOver ? total : null;
  });
  if (totalMicros === null) return;
  throw new AdjutantError(
    'PolicyDenied',
    `The call would bring this month to ${(totalMicros / 1_000_000).toFixed(2)} US dollars; the limit is ${limitUsd}.`,
    { hint: 'Wait for the next month, or raise max_monthly_cost_usd in the policy.' },
  );
}

/** Null for an answer that did not come. */
async function settle(
  { store, clock, workspaceId, actor }: MeterDeps,
  model: TextModel,
  { id, traceId, declaredMicros }: Call,
  answer: TextAnswer | null,
): Promise<void> {
  const told = answer?.costUsd ?? null;
  const isKnown = told !== null && Number.isFinite(told) && told >= 0;
  const amountUsdMicros = isKnown ? microsOf(told, model.id) : declaredMicros;
  await store.transaction(async (transaction) => {
    await transaction
      .update(budgetReservations)
      .set({ status: 'spent', amountUsdMicros })
      .where(and(eq(budgetReservations.workspaceId, workspaceId), eq(budgetReservations.id, id)));
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: answer === null ? 'model.failed' : 'model.answered',
      subject: id,
      detail: { model: model.id, costUsdMicros: amountUsdMicros, isDeclared: !isKnown },
      traceId,
      outcome: answer === null ? 'failed' : 'applied',
    });
  });
}

function failed(error: unknown, signal: AbortSignal | undefined): unknown {
  if (AdjutantError.isInstance(error) || signal?.aborted === true) return error;
  return new AdjutantError('Upstream', 'The text model gave no answer.', {
    source: 'text-model',
    cause: error,
    hint: 'What it would have written is missing; everything else works. Try again later.',
  });
}
