import type {
  ActionContext,
  ActionDefinition,
  AnyActionDefinition,
  ApprovedEffect,
  ExecuteResult,
  JsonObject,
  Preparation,
} from '../../packages/core/src/index.ts';

type Bound = Pick<Preparation, 'preconditions' | 'target'>;

/** How far an action came; empty where it came all the way. */
export interface CarriedOut {
  faults: string[];
  steps: number;
}

/** Prepares, looks again, carries out each step, and looks for it before and after. */
export async function carryOut(
  anyDefinition: AnyActionDefinition,
  context: ActionContext,
  given: object,
  bound?: Bound,
  key = `example-${anyDefinition.id}`,
): Promise<CarriedOut> {
  // Its own schema reads the payload, so its type is what the handler takes.
  const definition = anyDefinition as unknown as ActionDefinition<unknown>;
  const payload = definition.inputSchema.parse(given);
  const faults: string[] = [];
  const prepared: Bound = bound ?? (await definition.prepare(context, payload));
  if (bound === undefined) {
    const seen = await definition.observe(context, payload);
    if (JSON.stringify(seen) !== JSON.stringify(prepared.preconditions)) {
      faults.push('it observes something else than it bound');
    }
  }
  const steps = definition.steps?.(payload) ?? ['it'];
  const results: JsonObject[] = [];
  for (const [step, name] of steps.entries()) {
    const effect: ApprovedEffect<unknown> = {
      actionId: `example-${definition.id}`,
      payload,
      preconditions: prepared.preconditions,
      target: prepared.target,
      effectKey: `${key}:${step}`,
      step,
      previousResults: [...results],
    };
    const before = await definition.probe?.(context, effect);
    if (before?.outcome !== 'absent') faults.push(`${name} is there before`);
    const ended: ExecuteResult = await definition.execute(context, effect);
    if (ended.outcome !== 'applied') return { faults: [...faults, ended.reason], steps: step };
    results.push(ended.result);
    const after = await definition.probe?.(context, effect);
    if (after?.outcome !== 'applied') faults.push(`${name} is not found again`);
  }
  return { faults, steps: steps.length };
}
