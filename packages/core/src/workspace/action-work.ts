import { sweepActions } from '../actions/sweep-actions.ts';
import type { Clock } from '../clock.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import { type ActionHost, actionWorkerLeaseName } from './action-host.ts';

const leaseMs = 30_000;
const idleMs = 250;

export interface ActionWork {
  store: Store;
  workspaceId: string;
  clock: Clock;
  host: ActionHost;
  signal: AbortSignal;
}

/**
 * Prepares, carries out and reconciles actions until aborted. Several processes may: each action is
 * claimed by one of them.
 */
export async function actionWork(work: ActionWork): Promise<void> {
  const { workspaceId, clock, host, signal } = work;
  let lease: Lease | null = null;
  let nextBeatAt = 0;
  try {
    while (!signal.aborted) {
      if (clock.now() >= nextBeatAt) {
        lease = await beat(work, lease);
        nextBeatAt = clock.now() + leaseMs / 3;
      }
      const looked = await sweepActions(await host.ready(workspaceId), { signal });
      if (looked === 0) await clock.sleep(idleMs, signal).catch(() => undefined);
    }
  } finally {
    await lease?.release();
  }
}

/** Says that a worker is alive; another process's word is as good. */
async function beat(
  { store, workspaceId, clock }: ActionWork,
  held: Lease | null,
): Promise<Lease | null> {
  if (held !== null && (await store.transaction((transaction) => held.renew(transaction)))) {
    return held;
  }
  return acquireLease(store, {
    workspaceId,
    name: actionWorkerLeaseName,
    durationMs: leaseMs,
    clock,
  });
}
