import { type ActionEngineOptions, createActionDeps } from '../actions/action-deps.ts';
import { createActions } from '../actions/create-actions.ts';
import type { ProofVerifier } from '../actions/decision-proof.ts';
import type { ReviewerRights } from '../actions/reviewer-rights.ts';
import type { AnyActionDefinition } from '../actions/define-action.ts';
import type { ActionDetail, Actions } from '../actions/handle.ts';
import { sweepActions } from '../actions/sweep-actions.ts';
import type { Assurance, Viewer } from '../domain.ts';
import type { PolicyEngine, PolicyRequest, PolicyVerdict } from '../policy/policy-engine.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

/** Says what a policy answers in a test; the rest is as a plain policy would have it. */
export type TestPolicy = (request: PolicyRequest) => Partial<PolicyVerdict>;

/** An engine of actions in memory, whose policy, rights and proofs a test sets. */
export interface ActionBench {
  store: Store;
  clock: FakeClock;
  deps: ReturnType<typeof createActionDeps>;
  /** What is asked now; change it to change the policy in force. */
  policy: TestPolicy;
  /** Who may not decide, though everybody else may. */
  readonly withoutRights: Set<string>;
  /** What the next proofs are worth, by person; presence unless told. */
  readonly assurances: Map<string, Assurance>;
  /** People whose proofs no longer hold. */
  readonly brokenProofs: Set<string>;
  as(viewer: Viewer): Actions;
  person(personId: string, role?: 'member' | 'lead' | 'admin'): Actions;
  agent(name?: string, sponsorPersonId?: string): Actions;
  /** Sweeps until nothing more is due at this instant. */
  settle(): Promise<void>;
  /** Decides on the revision that stands. */
  decide(
    personId: string,
    action: ActionDetail,
    verdict?: 'approve' | 'decline',
  ): Promise<ActionDetail>;
  addPerson(personId: string, mergedIntoPersonId?: string | null): Promise<void>;
  close(): Promise<void>;
}

export const benchWorkspaceId = 'default';

/** Opens an engine of actions for tests. The policy asks for nothing unless told. */
export async function openActionBench(options: {
  definitions: readonly AnyActionDefinition[];
  policy?: TestPolicy;
  engine?: Partial<ActionEngineOptions>;
  /** Where the store lies; in memory unless told. */
  url?: string;
  clock?: FakeClock;
}): Promise<ActionBench> {
  const clock = options.clock ?? createFakeClock();
  const store = await openStore(options.url ?? ':memory:', { clock });
  const withoutRights = new Set<string>();
  const assurances = new Map<string, Assurance>();
  const brokenProofs = new Set<string>();
  const rights: ReviewerRights = {
    mayDecide: async (_transaction, { personId, escalationLevel }) =>
      !withoutRights.has(personId) && (escalationLevel > 0 || !personId.startsWith('later-')),
  };
  const proofs: ProofVerifier = {
    async verify({ reviewerPersonId, proof }) {
      const assurance = assurances.get(reviewerPersonId) ?? 'presence';
      const surface = proof.kind === 'elicitation' ? 'elicitation' : 'page';
      return { assurance, surface, evidence: { kind: proof.kind } };
    },
    recheck: async ({ reviewerPersonId }) => !brokenProofs.has(reviewerPersonId),
  };
  const policyEngine: PolicyEngine = {
    hash: 'policy-hash',
    evaluate: (request) => ({ ...plainVerdict(request), ...bench.policy(request) }),
  };
  const deps = createActionDeps({
    store,
    clock,
    definitions: options.definitions,
    policyFor: () => policyEngine,
    rights,
    proofs,
    ...options.engine,
  });
  const as = (viewer: Viewer): Actions =>
    createActions({ deps, workspaceId: benchWorkspaceId, viewer });
  const bench: ActionBench = {
    store,
    clock,
    deps,
    policy: options.policy ?? (() => ({})),
    withoutRights,
    assurances,
    brokenProofs,
    as,
    person: (personId, role = 'member') => as({ kind: 'person', personId, role }),
    agent: (name = 'assistant', sponsorPersonId = 'sponsor') =>
      as({ kind: 'agent', name, sponsorPersonId }),
    async settle() {
      for (let turn = 0; turn < 20; turn += 1) if ((await sweepActions(deps)) === 0) return;
    },
    decide: (personId, action, verdict = 'approve') =>
      as({ kind: 'person', personId, role: 'member' }).decide({
        actionId: action.id,
        revision: action.revision,
        payloadHash: action.payloadHash ?? '',
        verdict,
        proof: { kind: 'page_session', sessionId: 'session' },
      }),
    async addPerson(personId, mergedIntoPersonId = null) {
      await store.transaction(async (transaction) => {
        await transaction.insert(tables.people).values({
          id: personId,
          workspaceId: benchWorkspaceId,
          displayName: personId,
          role: 'member',
          mergedIntoPersonId,
        });
      });
    },
    close: () => store.close(),
  };
  return bench;
}

function plainVerdict({ risk }: PolicyRequest): PolicyVerdict {
  return {
    mode: 'auto',
    risk,
    quorum: 1,
    declineThreshold: 1,
    assurance: 'cooperative',
    reasons: ['A test says so.'],
    pendingTtlMs: 24 * 3_600_000,
    approvedTtlMs: 3_600_000,
    escalateAt: [0.5, 0.75],
    monthlyCostLimitUsd: null,
  };
}
