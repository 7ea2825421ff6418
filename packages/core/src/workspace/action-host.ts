import type { ApprovalOptions } from '../adjutant.ts';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { ActionFaults } from '../actions/action-faults.ts';
import { combineActions } from '../actions/combine-actions.ts';
import { createActionDeps } from '../actions/action-deps.ts';
import { readActionStatistics } from '../actions/action-statistics.ts';
import { type ActionWorker, createActionWorker } from '../actions/action-worker.ts';
import type { ActionStatistics, WorkerState } from '../actions/assistant-actions.ts';
import { noActionCrashPoint } from '../actions/crash-point.ts';
import type { AnyActionDefinition } from '../actions/define-action.ts';
import type { ConfiguredClicks } from '../approvers/click-receiver.ts';
import { createProofVerifier } from '../approvers/proof-verifier.ts';
import type { ServedRelyingParty } from '../approvers/relying-party.ts';
import { grantedRights } from '../approvers/reviewer-rights.ts';
import type { Clock } from '../clock.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Window } from '../domain.ts';
import type { Logger } from '../logger.ts';
import { type ActionTypeInfo, policyActionTypes } from '../policy/action-types.ts';
import { loadPolicyFile } from '../policy/load-policy-file.ts';
import type { PolicyEngine } from '../policy/policy-engine.ts';
import { createPolicyRegistry, type PolicyRegistry } from '../policy/policy-in-force.ts';
import type { PolicyState } from '../policy/policy-state.ts';
import { readWindow } from '../metrics/compute-metric.ts';
import { noteDraftAction } from '../notes/note-draft.ts';
import { policyUpdateAction } from '../policy/policy-update-action.ts';
import { isLeaseHeld } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { proposeWaitingPolicy } from './propose-waiting-policy.ts';

/** The lease that tells others that something carries actions out. */
export const actionWorkerLeaseName = 'action-worker';

export interface ActionHostOptions extends ActionFaults {
  store: Store;
  clock: Clock;
  logger: Logger;
  tracer: Tracer | null;
  fetch: typeof fetch;
  /** Where what is due waits for a worker. */
  jobs: JobRunner;
  connectors: readonly ConfiguredConnector[];
  /** Actions besides those of the connectors; asked for when the first is needed. */
  actions?: readonly AnyActionDefinition[] | (() => Promise<readonly AnyActionDefinition[]>);
  /** A policy file, or an engine of the host's own. */
  policy?: { file: string } | PolicyEngine;
  approvals?: ApprovalOptions;
  relyingParty: ServedRelyingParty;
  beforeSend?: (workspaceId: string) => Promise<void>;
  /** Whether nothing may be carried out: what the store says was approved does not count here. */
  isHeldBack?: () => boolean;
}

/** What actions of one store are done with; made when the first is needed. */
export interface ActionHost {
  readonly logger: Logger;
  /** Returns what transitions need, with the policy that is in force now. */
  ready(workspaceId: string): Promise<ActionDeps>;
  /** Returns the same without looking at the policy: for what must work when that is broken. */
  withoutPolicy(): Promise<ActionDeps>;
  /** Returns what moves actions on, after telling the runner how its jobs are done. */
  work(workspaceId: string): Promise<{ worker: ActionWorker; runner: JobRunner }>;
  /** Returns the policy and what of the file waits; null where the host brings an engine. */
  policy(workspaceId: string): Promise<PolicyState | null>;
  actionTypes(): Promise<readonly ActionTypeInfo[]>;
  worker(workspaceId: string): Promise<WorkerState>;
  /** Returns how people decided; it needs neither policy nor definitions. */
  statistics(workspaceId: string, window: Window | undefined): Promise<ActionStatistics>;
}

const heldBackText =
  'the store is on a server and was not adopted, so no action is prepared, sent or looked for';

/** Touches no action and takes none of their jobs: they stay for an installation that adopted the store. */
const idleWorker: ActionWorker = { sweep: async () => 0 };

/**
 * Returns the host of actions.
 */
export function createActionHost(options: ActionHostOptions): ActionHost {
  const { store, clock, policy } = options;
  const engine = policy !== undefined && 'evaluate' in policy ? policy : null;
  let made: Promise<Made> | undefined;
  let worker: ActionWorker | undefined;
  const make = (): Promise<Made> =>
    (made ??= makeEngine(options, engine).catch((error: unknown) => {
      // A policy that was mended is read again without a restart.
      made = undefined;
      throw error;
    }));
  const settled = new Set<string>();
  const refresh = async (workspaceId: string): Promise<PolicyState | null> => {
    const { deps, registry, types } = await make();
    if (engine !== null) return null;
    if (settled.has(workspaceId) || policy === undefined || 'evaluate' in policy) {
      return registry.refresh(workspaceId);
    }
    const state = await registry.refresh(workspaceId, await loadPolicyFile(policy.file, types));
    await proposeWaitingPolicy(deps, workspaceId, state);
    settled.add(workspaceId);
    return state;
  };
  return {
    logger: options.logger,
    async ready(workspaceId) {
      await refresh(workspaceId);
      return (await make()).deps;
    },
    async work(workspaceId) {
      await refresh(workspaceId);
      if (options.isHeldBack?.() === true) {
        options.logger.log('warn', heldBackText);
        return { worker: idleWorker, runner: options.jobs };
      }
      const { deps } = await make();
      // Once for the process, whatever the number of workspaces that it works for.
      worker ??= createActionWorker(deps, {
        runner: {
          // What is claimed is judged by the policy of this moment, whichever process changed it.
          handle: (kind, handler) =>
            options.jobs.handle(kind, async (job) => {
              await refresh(job.workspaceId);
              return handler(job);
            }),
        },
      });
      return { worker, runner: options.jobs };
    },
    withoutPolicy: async () => (await make()).deps,
    policy: refresh,
    actionTypes: async () => (await make()).types,
    statistics: async (workspaceId, window) =>
      readActionStatistics(store, { workspaceId, window: readWindow(window, clock.now()) }),
    async worker(workspaceId) {
      const running = await isLeaseHeld(
        store.read,
        workspaceId,
        actionWorkerLeaseName,
        clock.now(),
      );
      return { running, start: 'adjutant serve' };
    },
  };
}

function clicksOf(
  connectors: readonly ConfiguredConnector[],
  source: string,
): ConfiguredClicks | null {
  const found = connectors.find(({ definition }) => definition.id === source);
  const receiver = found?.definition.clicks;
  return found === undefined || receiver === undefined ? null : { receiver, config: found.config };
}

interface Made {
  deps: ActionDeps;
  registry: PolicyRegistry;
  types: readonly ActionTypeInfo[];
}

async function makeEngine(options: ActionHostOptions, engine: PolicyEngine | null): Promise<Made> {
  const { store, clock, logger, tracer, approvals } = options;
  const given = options.actions ?? [];
  const own = typeof given === 'function' ? await given() : given;
  const installed = combineActions([
    ...options.connectors.flatMap(({ definition, config }) => definition.actions?.(config) ?? []),
    ...own,
  ]);
  const types = policyActionTypes(installed);
  const registry = createPolicyRegistry({ store, clock, actionTypes: types });
  const deps = createActionDeps({
    jobs: options.jobs,
    store,
    definitions: [
      ...installed,
      noteDraftAction(store),
      policyUpdateAction({ store, actionTypes: types }),
    ],
    policyFor: (workspaceId) => engine ?? registry.policyFor(workspaceId),
    rights: grantedRights,
    proofs: createProofVerifier({
      store,
      clock,
      relyingParty: options.relyingParty,
      hostSession: approvals?.hostSession,
      clicksOf: (source) => clicksOf(options.connectors, source),
    }),
    clock,
    logger,
    tracer,
    fetch: options.fetch,
    cooperativeWorkspaceId: approvals?.demoWorkspaceId ?? null,
    reach: options.reach ?? noActionCrashPoint,
    ...(options.beforeSend === undefined ? {} : { beforeSend: options.beforeSend }),
    ...(options.timing === undefined ? {} : { timing: options.timing }),
  });
  return { deps, registry, types };
}
