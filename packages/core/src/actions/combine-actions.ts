import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { ActionDefinition, AnyActionDefinition } from './define-action.ts';

/**
 * Returns one definition for each type. Where several sources carry out the same type, as GitHub and
 * Jira both comment on issues, the payload says whose it is: exactly one schema takes it. Policy and
 * people know one type; its tier, class and version are the same everywhere.
 * @throws AdjutantError `Configuration` where two cannot be told apart or differ in what policy knows
 */
export function combineActions(
  definitions: readonly AnyActionDefinition[],
): readonly AnyActionDefinition[] {
  const byId = new Map<string, AnyActionDefinition[]>();
  for (const definition of definitions) {
    byId.set(definition.id, [...(byId.get(definition.id) ?? []), definition]);
  }
  return [...byId.values()].map(combined);
}

function combined(definitions: readonly AnyActionDefinition[]): AnyActionDefinition {
  const [first, ...others] = definitions;
  if (first === undefined) throw new TypeError('There is no definition to combine.');
  if (others.length === 0) return first;
  for (const other of others) requireSame(first, other);
  const parts = definitions as unknown as readonly ActionDefinition<unknown>[];
  const schemas = parts.map(({ inputSchema }) => inputSchema);
  // Stored payloads are read with the schema again, so what one gives only that one takes.
  const partOf = (payload: unknown): ActionDefinition<unknown> => {
    const [found, second] = parts.filter(
      ({ inputSchema }) => inputSchema.safeParse(payload).success,
    );
    if (found !== undefined && second === undefined) return found;
    throw new AdjutantError(
      'InvalidInput',
      found === undefined
        ? `No source here takes this payload of "${first.id}".`
        : `Two sources would take this payload of "${first.id}".`,
      { hint: 'See what each takes: adjutant actions types.' },
    );
  };
  const sample = parts[0];
  const whole: ActionDefinition<unknown> = {
    id: first.id,
    title: first.title,
    risk: first.risk,
    reversible: first.reversible,
    effectClass: first.effectClass,
    version: first.version ?? 1,
    costUsd: first.costUsd ?? 0,
    inputSchema: z.xor(schemas as [z.ZodType, z.ZodType]),
    verbatimFields: [...new Set(parts.flatMap(({ verbatimFields = [] }) => verbatimFields))],
    quietPeriodMs: Math.max(...parts.map(({ quietPeriodMs = 0 }) => quietPeriodMs)),
    prepare: async (context, payload) => await partOf(payload).prepare(context, payload),
    observe: async (context, payload) => await partOf(payload).observe(context, payload),
    execute: async (context, effect) => await partOf(effect.payload).execute(context, effect),
  };
  if (sample?.steps !== undefined) {
    whole.steps = (payload) => partOf(payload).steps?.(payload) ?? [];
  }
  if (sample?.probe !== undefined) {
    whole.probe = async (context, effect) =>
      (await partOf(effect.payload).probe?.(context, effect)) ?? {
        outcome: 'unclear',
        reason: 'This source cannot be asked.',
      };
  }
  if (sample?.compensate !== undefined) {
    whole.compensate = async (context, effect) =>
      (await partOf(effect.payload).compensate?.(context, effect)) ?? {
        outcome: 'refused',
        reason: 'This source cannot take it back.',
      };
  }
  return whole as unknown as AnyActionDefinition;
}

/** What policy and the ledger know of a type must not depend on whose payload it is. */
function requireSame(one: AnyActionDefinition, other: AnyActionDefinition): void {
  const isSame =
    one.risk === other.risk &&
    one.reversible === other.reversible &&
    one.effectClass === other.effectClass &&
    (one.version ?? 1) === (other.version ?? 1) &&
    (one.costUsd ?? 0) === (other.costUsd ?? 0) &&
    (one.steps === undefined) === (other.steps === undefined) &&
    (one.probe === undefined) === (other.probe === undefined) &&
    (one.compensate === undefined) === (other.compensate === undefined);
  if (isSame) return;
  throw new AdjutantError('Configuration', `Two actions have the id "${one.id}" and differ.`, {
    hint: 'Give one of them another id, or the same risk, class, version and steps.',
  });
}
