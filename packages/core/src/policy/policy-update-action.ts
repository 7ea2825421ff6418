import { z } from 'zod';
import {
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type PreviewFact,
} from '../actions/define-action.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { ActionTypeInfo } from './action-types.ts';
import { comparePolicies, policyDifferences } from './compare-policies.ts';
import { defaultPolicyDocument } from './default-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { type Policy, policyHash } from './policy.ts';
import { bringInForce, readPolicyInForce, shortHash } from './policy-versions.ts';

const payloadSchema = z.strictObject({
  /** The whole policy, as adjutant.policy.yaml holds it. */
  policy: z.string().min(1).max(60_000),
});
type Payload = z.infer<typeof payloadSchema>;

export interface PolicyUpdateDeps {
  store: Store;
  actionTypes: readonly ActionTypeInfo[];
  /** Told once another policy is in force, after the transaction. */
  onChanged?: (workspaceId: string) => void;
}

const mostFacts = 60;

/** Changes the policy: the one way for a looser one to come in force. */
export function policyUpdateAction(deps: PolicyUpdateDeps): AnyActionDefinition {
  const inForce = (workspaceId: string): Promise<string> => readHash(deps.store, workspaceId);
  return defineAction<Payload>({
    id: 'policy.update',
    title: 'Change the policy',
    risk: 'high',
    reversible: true,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    verbatimFields: ['policy'],
    prepare: ({ workspaceId }, payload) => prepare(deps, workspaceId, payload),
    observe: async ({ workspaceId }) => ({ policyInForce: await inForce(workspaceId) }),
    execute: ({ workspaceId, clock }, effect) => execute(deps, workspaceId, clock, effect),
    probe: async ({ workspaceId }, { payload }) => {
      const hash = policyHash(await read(deps, payload));
      const isInForce = (await inForce(workspaceId)) === hash;
      return isInForce ? { outcome: 'applied', result: { hash } } : { outcome: 'absent' };
    },
  });
}

async function readHash(store: Store, workspaceId: string): Promise<string> {
  const stored = await readPolicyInForce(store.read, workspaceId);
  return stored?.hash ?? policyHash(defaultPolicyDocument);
}

async function read({ actionTypes }: PolicyUpdateDeps, { policy }: Payload): Promise<Policy> {
  try {
    return (await parsePolicy(policy, { fileName: 'the proposed policy', actionTypes })).policy;
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    throw new AdjutantError('InvalidInput', error.message, { hint: error.hint ?? '' });
  }
}

async function prepare(
  deps: PolicyUpdateDeps,
  workspaceId: string,
  payload: Payload,
): Promise<Preparation> {
  const after = await read(deps, payload);
  const stored = await readPolicyInForce(deps.store.read, workspaceId);
  const before = stored?.policy ?? defaultPolicyDocument;
  const hash = policyHash(after);
  return {
    target: {
      source: 'adjutant',
      externalId: `policy:${workspaceId}`,
      ref: `policy:${shortHash(hash)}`,
      url: null,
    },
    preconditions: { policyInForce: policyHash(before) },
    facts: describeChange(before, after, deps.actionTypes),
    recipients: ['everybody who proposes or decides in this workspace'],
    content: payload.policy,
    conditions: {},
    excludedAccounts: [],
  };
}

const orderWords = {
  equal: 'It asks for the same as the policy in force, in other words.',
  tighter: 'It asks for more than the policy in force, and nowhere for less.',
  looser: 'It asks for less than the policy in force, or that cannot be ruled out.',
} as const;

/** Returns what a change of policy means, in words, what is looser first. */
export function describeChange(
  before: Policy,
  after: Policy,
  actionTypes: readonly ActionTypeInfo[],
): PreviewFact[] {
  const order = comparePolicies(before, after, actionTypes);
  const differences = policyDifferences(before, after, actionTypes);
  const facts: PreviewFact[] = [
    {
      label: 'Altogether',
      value: orderWords[order],
      tone: order === 'looser' ? 'warning' : 'plain',
    },
    ...differences.slice(0, mostFacts).map(
      ({ direction, sentence }): PreviewFact => ({
        label: direction === 'looser' ? 'Looser' : 'Tighter',
        value: sentence,
        tone: direction === 'looser' ? 'warning' : 'plain',
      }),
    ),
  ];
  if (differences.length > mostFacts) {
    const more = differences.length - mostFacts;
    facts.push({ label: 'And', value: `${more} more differences.`, tone: 'warning' });
  }
  return facts;
}

const boundSchema = z.object({ policyInForce: z.string() });

async function execute(
  deps: PolicyUpdateDeps,
  workspaceId: string,
  clock: Clock,
  { payload, preconditions, actionId }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const policy = await read(deps, payload);
  const bound = boundSchema.parse(preconditions);
  const hash = policyHash(policy);
  const result: JsonObject = { hash };
  const outcome = await deps.store.transaction(async (transaction) => {
    const current = await readPolicyInForce(transaction, workspaceId);
    if (current?.hash === hash) return 'applied' as const;
    if ((current?.hash ?? policyHash(defaultPolicyDocument)) !== bound.policyInForce) {
      return 'refused' as const;
    }
    await bringInForce(transaction, {
      workspaceId,
      policy,
      at: clock.now(),
      actor: `action:${actionId}`,
      actionId,
      reason: 'approved',
    });
    return 'applied' as const;
  });
  if (outcome === 'refused') {
    return { outcome, reason: 'Another policy came in force since this was approved.' };
  }
  deps.onChanged?.(workspaceId);
  return { outcome, result };
}
