import type { PolicyState, WaitingPolicy } from './policy-state.ts';
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { type ActionTypeInfo, policyActionTypes } from './action-types.ts';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { comparePolicies, policyDifferences } from './compare-policies.ts';
import { defaultPolicyDocument } from './default-policy.ts';
import type { ParsedPolicy } from './parse-policy.ts';
import { unreadPolicy } from './unread-policy.ts';
import { policyHash } from './policy.ts';
import { bringInForce, noteWaiting, readPolicyInForce } from './policy-versions.ts';
import type { StoredPolicy } from './policy-state.ts';

export interface PolicyContext {
  store: Store;
  workspaceId: string;
  clock: Clock;
  actionTypes: readonly ActionTypeInfo[];
}

/**
 * Returns the policy in force, after a look at the file: one that asks for at least as much as what
 * holds comes in force at once, a looser one waits for its `policy.update`. Without a file what is
 * in force stays; a workspace that has none begins with the default.
 * @throws AdjutantError `LedgerIntegrity`
 */
export async function settlePolicy(
  context: PolicyContext,
  file: ParsedPolicy | null,
): Promise<PolicyState> {
  const before = await readPolicyInForce(context.store.read, context.workspaceId);
  const isSettled = before !== null && (file === null || policyHash(file.policy) === before.hash);
  const inForce = isSettled
    ? before
    : await context.store.transaction((transaction) => settle(transaction, context, file));
  return {
    inForce,
    compiled: await compilePolicy(inForce.policy, context.actionTypes),
    changed: inForce.hash !== before?.hash,
    waiting: file === null ? null : waitingFor(inForce, file, context.actionTypes),
  };
}

async function settle(
  transaction: Database,
  { workspaceId, clock, actionTypes }: PolicyContext,
  file: ParsedPolicy | null,
): Promise<StoredPolicy> {
  const at = clock.now();
  const current = await readPolicyInForce(transaction, workspaceId);
  const held = current?.policy ?? defaultPolicyDocument;
  const isLooser = file !== null && comparePolicies(held, file.policy, actionTypes) === 'looser';
  const chosen = file === null || isLooser ? held : file.policy;
  if (current === null || policyHash(chosen) !== current.hash) {
    await bringInForce(transaction, {
      workspaceId,
      policy: chosen,
      at,
      actor: 'system',
      actionId: null,
      reason: current === null ? 'first' : 'not_looser',
    });
  }
  if (file !== null && isLooser) {
    const inForceHash = policyHash(held);
    await noteWaiting(transaction, { workspaceId, policy: file.policy, at, inForceHash });
  }
  const settled = await readPolicyInForce(transaction, workspaceId);
  if (settled === null) throw new AdjutantError('Internal', 'No policy is in force.');
  return settled;
}

function waitingFor(
  inForce: StoredPolicy,
  file: ParsedPolicy,
  actionTypes: readonly ActionTypeInfo[],
): WaitingPolicy | null {
  const hash = policyHash(file.policy);
  if (hash === inForce.hash) return null;
  return {
    hash,
    differences: policyDifferences(inForce.policy, file.policy, actionTypes),
    proposal: {
      type: 'policy.update',
      payload: { policy: file.text },
      // Once for each text while one policy holds: what was declined is not asked again at every
      // start.
      idempotencyKey: `policy.update:${inForce.hash}:${inForce.inForceAt}:${textHash(file.text)}`,
    },
  };
}

function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Policies in force, held ready for an engine that asks without waiting. */
export interface PolicyRegistry {
  /** The policy that was last read; one that asks for approval of everything before the first read. */
  policyFor(workspaceId: string): CompiledPolicy;
  /** Reads what is in force; with a file, settles it first. @throws AdjutantError `LedgerIntegrity` */
  refresh(workspaceId: string, file?: ParsedPolicy | null): Promise<PolicyState>;
}

/** Returns a registry over a store. */
export function createPolicyRegistry({
  store,
  clock,
  actionTypes = policyActionTypes(),
}: {
  store: Store;
  clock: Clock;
  actionTypes?: readonly ActionTypeInfo[];
}): PolicyRegistry {
  const held = new Map<string, PolicyState>();
  return {
    policyFor: (workspaceId) => held.get(workspaceId)?.compiled ?? unreadPolicy(),
    refresh: async (workspaceId, file = null) => {
      const known = held.get(workspaceId);
      if (known !== undefined && file === null) {
        const now = await readPolicyInForce(store.read, workspaceId);
        if (now !== null && now.hash === known.inForce.hash) return { ...known, changed: false };
      }
      const state = await settlePolicy({ store, workspaceId, clock, actionTypes }, file);
      held.set(workspaceId, state);
      return state;
    },
  };
}
