import { type ActionTypeInfo, policyActionTypes } from './action-types.ts';
import { type CompiledPolicy, compileClosures } from './compile-policy.ts';
import { defaultLimits, type Policy, tierRule } from './policy.ts';

/**
 * What holds where there is no file: high needs approval, medium asks, low runs where a person
 * proposed it; and of the founding document what its tiers do not say already, namely that a
 * summary may go where not everybody reads it.
 */
export const defaultPolicyDocument: Policy = {
  format: 1,
  actions: {
    'pr.comment.summary': {
      ...tierRule('medium'),
      base: 'auto',
      askIf: [{ name: 'channel_public', above: null }],
    },
  },
  limits: defaultLimits,
};

/** Returns the policy that holds where no file says otherwise. */
export function defaultPolicy(
  actionTypes: readonly ActionTypeInfo[] = policyActionTypes(),
): CompiledPolicy {
  return compileClosures(defaultPolicyDocument, { actionTypes });
}
