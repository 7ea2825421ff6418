import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { RiskTier } from '../domain.ts';
import { type ActionTypeInfo, higherRisk } from './action-types.ts';
import { channelMembers, preparedNames } from './conditions.ts';
import type { PolicyRequest } from './policy-engine.ts';

const scalar = z.union([z.boolean(), z.number(), z.string().max(500), z.null()]);

/** What an example may say of an action; named conditions stand beside the rest. */
export const givenSchema = z.strictObject({
  requester: z.enum(['person', 'assistant', 'system']).default('person'),
  risk: z.enum(['low', 'medium', 'high']).optional(),
  target: z.string().max(500).default(''),
  source: z.string().max(100).default(''),
  payload: z.record(z.string(), z.unknown()).default({}),
  cost_usd: z.number().default(0),
  spent_usd: z.number().default(0),
  contains_personal_data: z.boolean().default(false),
  ...Object.fromEntries(preparedNames.map((name) => [name, scalar.optional()])),
});

/** Names that an example may use. */
export const givenNames: readonly string[] = Object.keys(givenSchema.shape);

const preparedSchema = z.record(z.string(), z.unknown());

/**
 * Returns the request that an example describes. A condition that it does not name is not known,
 * and counts against the action. @throws AdjutantError `InvalidInput`
 */
export function policyCase(
  type: string,
  given: unknown,
  actionTypes: readonly ActionTypeInfo[],
): PolicyRequest {
  const parsed = givenSchema.safeParse(given ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
    throw new AdjutantError('InvalidInput', `"${key ?? 'given'}" cannot be used in an example.`, {
      hint: `There are ${givenNames.join(', ')}; "unknown" may stand for a condition.`,
    });
  }
  const { data } = parsed;
  const values = preparedSchema.parse(data);
  return {
    type,
    risk: leastRisk(type, data.risk ?? 'low', actionTypes),
    requesterKind: data.requester === 'assistant' ? 'agent' : data.requester,
    targetRef: data.target,
    source: data.source,
    payload: data.payload,
    conditions: Object.fromEntries(
      preparedNames.flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [[name, conditionValue(name, value)]];
      }),
    ),
    costUsd: data.cost_usd,
    spentUsd: data.spent_usd,
    containsSensitiveText: data.contains_personal_data,
  };
}

function leastRisk(type: string, risk: RiskTier, actionTypes: readonly ActionTypeInfo[]): RiskTier {
  const known = actionTypes.find(({ id }) => id === type);
  return known === undefined ? risk : higherRisk(known.risk, risk);
}

function conditionValue(name: string, value: unknown): boolean | number | null {
  if (value === null || value === 'unknown') return null;
  if (typeof value === (name === channelMembers ? 'number' : 'boolean')) {
    return value as boolean | number;
  }
  throw new AdjutantError('InvalidInput', `"${name}" is not written like that.`, {
    hint: name === channelMembers ? 'Write a number, or unknown.' : 'Write true, false or unknown.',
  });
}
