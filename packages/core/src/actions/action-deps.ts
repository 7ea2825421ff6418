import { type Clock, systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { type Logger, silentLogger } from '../logger.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import { createTextRedactor, type TextRedactor } from '../redaction/create-text-redactor.ts';
import type { RedactionLevel } from '../redaction/redaction-rule.ts';
import type { Store } from '../store/store.ts';
import { type ActionCrashPoint, noActionCrashPoint } from './crash-point.ts';
import type { ProofVerifier } from './decision-proof.ts';
import type { ReviewerRights } from './reviewer-rights.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { type ActionTiming, defaultTiming } from './action-timing.ts';
import { type LeapWatch, watchLeaps } from './watch-leaps.ts';
import type { Tracer } from '../tracing/tracer.ts';

const redactors: Readonly<Record<RedactionLevel, TextRedactor>> = {
  off: createTextRedactor({ level: 'off' }),
  standard: createTextRedactor({ level: 'standard' }),
  strict: createTextRedactor({ level: 'strict' }),
};

/** What the engine is given. */
export interface ActionEngineOptions {
  store: Store;
  definitions: readonly AnyActionDefinition[];
  /** Returns the policy in force in a workspace. */
  policyFor(workspaceId: string): PolicyEngine;
  rights: ReviewerRights;
  proofs: ProofVerifier;
  clock?: Clock;
  logger?: Logger;
  /** Where spans go; nowhere unless given. */
  tracer?: Tracer | null;
  /** Used by handlers. A process that only proposes gives one that refuses. */
  fetch?: typeof fetch;
  /** Hears what became due in the transaction that made it so. Without it the sweep finds it. */
  jobs?: Pick<JobRunner, 'enqueue'> | null;
  timing?: Partial<ActionTiming>;
  /** The canned demo workspace, the only one where high risk may be decided without presence. */
  cooperativeWorkspaceId?: string | null;
  reach?: ActionCrashPoint;
  /** Called once a claim is committed and before anything is sent: what lies outside of the store notes it. */
  beforeSend?: (workspaceId: string) => Promise<void>;
  /** Returns a signal that aborts after so many milliseconds of the machine's clock. */
  deadline?: (milliseconds: number) => AbortSignal;
}

/** What every transition is made with. */
export interface ActionDeps {
  store: Store;
  definitions: ReadonlyMap<string, AnyActionDefinition>;
  policyFor(this: void, workspaceId: string): PolicyEngine;
  rights: ReviewerRights;
  proofs: ProofVerifier;
  /** Returns what masks outgoing texts as much as the policy in force there asks. */
  redactorFor(this: void, workspaceId: string): TextRedactor;
  clock: Clock;
  leaps: LeapWatch;
  logger: Logger;
  tracer: Tracer | null;
  fetch: typeof fetch;
  jobs: Pick<JobRunner, 'enqueue'> | null;
  timing: ActionTiming;
  cooperativeWorkspaceId: string | null;
  reach: ActionCrashPoint;
  beforeSend(this: void, workspaceId: string): Promise<void>;
  deadline(this: void, milliseconds: number): AbortSignal;
}

/**
 * Returns what the transitions need, defaults filled in.
 * @throws AdjutantError `Configuration` where two definitions have one id or an attempt outlasts its lease
 */
export function createActionDeps(options: ActionEngineOptions): ActionDeps {
  const definitions = new Map<string, AnyActionDefinition>();
  for (const definition of options.definitions) {
    if (definitions.has(definition.id)) {
      throw new AdjutantError('Configuration', `Two actions have the id "${definition.id}".`, {
        hint: 'Give one of them another id.',
      });
    }
    definitions.set(definition.id, definition);
  }
  const timing = { ...defaultTiming, ...options.timing };
  if (timing.attemptTimeoutMs >= timing.leaseMs) {
    throw new AdjutantError(
      'Configuration',
      'An attempt may take as long as its lease or longer.',
      {
        hint: 'Make attemptTimeoutMs smaller than leaseMs.',
      },
    );
  }
  const clock = options.clock ?? systemClock;
  return {
    store: options.store,
    definitions,
    policyFor: (workspaceId) => options.policyFor(workspaceId),
    rights: options.rights,
    proofs: options.proofs,
    redactorFor: (workspaceId) =>
      redactors[options.policyFor(workspaceId).redactionLevel ?? 'strict'],
    clock,
    leaps: watchLeaps(clock),
    logger: options.logger ?? silentLogger,
    tracer: options.tracer ?? null,
    fetch: options.fetch ?? fetch,
    jobs: options.jobs ?? null,
    timing,
    cooperativeWorkspaceId: options.cooperativeWorkspaceId ?? null,
    reach: options.reach ?? noActionCrashPoint,
    beforeSend: options.beforeSend ?? (async () => undefined),
    deadline: options.deadline ?? ((milliseconds) => AbortSignal.timeout(milliseconds)),
  };
}
