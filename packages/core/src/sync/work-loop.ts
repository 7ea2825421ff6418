import { and, eq, isNull } from 'drizzle-orm';
import type { SyncOptions, SyncSummary } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { workerLeaseName } from '../reads/sync-status.ts';
import type { Logger } from '../logger.ts';
import { acquireLease, newHolder } from '../store/lease.ts';
import { createTroublePatience, outliveTrouble } from '../store/outlive-trouble.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const leaseMs = 60_000;
const pollMs = 1_000;

export interface WorkLoop {
  store: Store;
  workspaceId: string;
  clock: Clock;
  /** From 0 up to 1, for jitter. */
  random: () => number;
  logger: Logger;
  everyMs: number | null;
  signal: AbortSignal;
  onProgress: SyncOptions['onProgress'];
  onPass: ((summary: SyncSummary) => void) | undefined;
  sync(options: SyncOptions): Promise<SyncSummary>;
}

/**
 * Syncs when a refresh was asked for or the interval has passed, until aborted.
 * @throws AdjutantError `Conflict` where another process is already doing so
 */
export async function workLoop(loop: WorkLoop): Promise<void> {
  const { store, workspaceId, clock, signal } = loop;
  const wanted = { workspaceId, name: workerLeaseName, durationMs: leaseMs, clock };
  const holder = newHolder();
  const lease = await outliveTrouble(loop, () => acquireLease(store, { ...wanted, holder }));
  if (lease === null) {
    throw new AdjutantError('Conflict', 'Another process already syncs this store.', {
      hint: 'Stop that one first; "adjutant status" shows whether it is alive.',
    });
  }
  // A pass may last longer than the lease, so the lease is kept alive beside it.
  const heartbeat = setInterval(() => {
    void store.transaction((transaction) => lease.renew(transaction)).catch(() => undefined);
  }, leaseMs / 3);
  try {
    let nextAt = loop.everyMs === null ? Number.POSITIVE_INFINITY : clock.now();
    const patience = createTroublePatience(loop);
    const turn = async (): Promise<void> => {
      const requests = await pendingRequests(store, workspaceId);
      if (requests.length > 0 || clock.now() >= nextAt) {
        const { onProgress } = loop;
        const summary = await loop.sync({
          workspaceId,
          signal,
          ...(onProgress === undefined ? {} : { onProgress }),
        });
        // A pass that was cut off has not done what was asked for; the next worker will.
        if (!signal.aborted) await markDone(store, workspaceId, requests, clock.now());
        loop.onPass?.(summary);
        if (loop.everyMs !== null) nextAt = clock.now() + loop.everyMs;
      }
    };
    while (!signal.aborted) {
      try {
        await turn();
        patience.worked();
      } catch (error) {
        // What was asked for stays asked for.
        if (!signal.aborted) await patience.afterFailure(error);
      }
      await clock.sleep(pollMs, signal).catch(() => undefined);
    }
  } finally {
    clearInterval(heartbeat);
    await lease.release().catch(() => undefined);
  }
}

async function pendingRequests(store: Store, workspaceId: string): Promise<string[]> {
  const { refreshRequests } = tables;
  const rows = await store.read
    .select({ id: refreshRequests.id })
    .from(refreshRequests)
    .where(and(eq(refreshRequests.workspaceId, workspaceId), isNull(refreshRequests.doneAt)));
  return rows.map((row) => row.id);
}

async function markDone(
  store: Store,
  workspaceId: string,
  requests: readonly string[],
  now: number,
): Promise<void> {
  const { refreshRequests } = tables;
  for (const id of requests) {
    await store.transaction(async (transaction) => {
      await transaction
        .update(refreshRequests)
        .set({ doneAt: now })
        .where(and(eq(refreshRequests.workspaceId, workspaceId), eq(refreshRequests.id, id)));
    });
  }
}
