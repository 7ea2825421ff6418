import type { AnyActionDefinition } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import type { ActionDeps } from '../../packages/core/src/actions/action-deps.ts';
import { createActionDeps } from '../../packages/core/src/actions/action-deps.ts';
import type { ActionCrashPoint } from '../../packages/core/src/actions/crash-point.ts';
import type { PolicyEngine } from '../../packages/core/src/policy/policy-engine.ts';
import type { Store } from '../../packages/core/src/store/store.ts';
import { attemptTimeoutMs, leaseMs, quietPeriodMs } from './scenario.ts';

const dayMs = 86_400_000;

/** A reviewer who proposes and decides; what is tested here is what happens afterwards. */
export const reviewer: Viewer = { kind: 'person', personId: 'chaos', role: 'admin' };

const askEverything: PolicyEngine = {
  hash: 'chaos',
  evaluate: ({ risk }) => ({
    mode: 'ask',
    risk,
    quorum: 1,
    declineThreshold: 1,
    assurance: 'cooperative',
    reasons: ['every action asks'],
    pendingTtlMs: dayMs,
    approvedTtlMs: dayMs,
    escalateAt: [],
    monthlyCostLimitUsd: null,
  }),
};

/** Returns the engine with short leases, so that kills are noticed within a run. */
export function chaosDeps(
  store: Store,
  definitions: readonly AnyActionDefinition[],
  reach: ActionCrashPoint,
): ActionDeps {
  return createActionDeps({
    store,
    definitions,
    policyFor: () => askEverything,
    rights: { mayDecide: async () => true },
    proofs: {
      verify: async () => ({ assurance: 'cooperative', surface: 'terminal', evidence: {} }),
      recheck: async () => true,
    },
    timing: { leaseMs, attemptTimeoutMs, quietPeriodMs, backoffMs: 50, longestBackoffMs: 500 },
    reach,
  });
}
