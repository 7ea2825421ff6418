import { AdjutantError } from '../errors.ts';
import { policyActionTypes } from '../policy/action-types.ts';
import { comparePolicies } from '../policy/compare-policies.ts';
import { defaultPolicyDocument } from '../policy/default-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { bringInForce, readPolicyInForce } from '../policy/policy-versions.ts';
import type { Database } from '../store/database.ts';

/**
 * Has the default policy hold again where a store asks for less than it: somebody had approved that, and
 * what was approved counts no more. The file beside the configuration then waits for its approval anew.
 */
export async function takeBackPolicy(
  transaction: Database,
  workspaceId: string,
  at: number,
): Promise<void> {
  const kept = await keptPolicy(transaction, workspaceId);
  if (kept === 'none') return;
  const asksForLess =
    kept === 'damaged' ||
    comparePolicies(defaultPolicyDocument, kept, policyActionTypes()) === 'looser';
  if (!asksForLess) return;
  await bringInForce(transaction, {
    workspaceId,
    policy: defaultPolicyDocument,
    at,
    actor: 'system',
    actionId: null,
    reason: 'store_restored',
  });
}

async function keptPolicy(
  transaction: Database,
  workspaceId: string,
): Promise<Policy | 'none' | 'damaged'> {
  try {
    return (await readPolicyInForce(transaction, workspaceId))?.policy ?? 'none';
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'LedgerIntegrity') return 'damaged';
    throw error;
  }
}
