import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { type Backoff, backoffAfter } from '../jobs/backoff.ts';
import { errorText } from '../jobs/error-text.ts';
import { keepRenewed } from '../jobs/keep-renewed.ts';
import type { Logger } from '../logger.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { EventBus } from './event-bus.ts';
import {
  type Delivery,
  dueHeads,
  type OutboxRow,
  recordDelivery,
  trimDelivered,
} from './outbox-rows.ts';

/** What the dispatcher is made of. */
export interface DispatchDeps {
  store: Store;
  bus: EventBus;
  clock: Clock;
  random: () => number;
  logger: Logger;
  redact: (text: string) => string;
  leaseMs: number;
  deliveryTimeoutMs: number;
  maxAttempts: number;
  backoff: Backoff;
  /** The machine's own time: a delivery takes of that, whatever the clock says. */
  wait: Clock['sleep'];
}

/** Subjects delivered side by side. */
const batchSize = 8;
/** The outbox of a store is one, whatever the number of its workspaces. */
const leaseKey = { workspaceId: '*', name: 'event-dispatch' };

/**
 * Delivers what is due until nothing is, and returns how many deliveries were tried; 0 also where
 * another process is at it.
 */
export async function dispatchDue(deps: DispatchDeps, stopping: AbortSignal): Promise<number> {
  const { store, clock, leaseMs } = deps;
  const lease = await acquireLease(store, { ...leaseKey, durationMs: leaseMs, clock });
  if (lease === null) return 0;
  const lost = new AbortController();
  const ended = new AbortController();
  const renewing = keepRenewed({
    everyMs: leaseMs / 3,
    wait: deps.wait,
    ended: ended.signal,
    renew: () => store.transaction((transaction) => lease.renew(transaction)),
    onLost: () => lost.abort(),
    onError: (error) =>
      deps.logger.log('warn', 'The lease of the outbox could not be renewed.', {
        error: errorText(error, deps.redact),
      }),
  });
  try {
    return await deliverAll(deps, lease, AbortSignal.any([stopping, lost.signal]));
  } finally {
    ended.abort();
    await renewing;
    await lease.release().catch(() => undefined);
  }
}

async function deliverAll(deps: DispatchDeps, lease: Lease, signal: AbortSignal): Promise<number> {
  let tried = 0;
  let trims = true;
  while (!signal.aborted) {
    const rows = await dueHeads(deps.store.read, deps.clock.now(), batchSize);
    if (rows.length === 0) break;
    const deliveries = await Promise.all(rows.map((row) => deliver(deps, row, signal)));
    tried += rows.length;
    const stillMine = await deps.store.transaction(async (transaction) => {
      for (const [index, row] of rows.entries()) {
        const delivery = deliveries[index];
        if (delivery === undefined || delivery === null) continue;
        await recordDelivery(transaction, row.id, delivery, deps.clock.now());
      }
      if (trims) await trimDelivered(transaction, deps.clock.now());
      return lease.renew(transaction);
    });
    if (!stillMine) break;
    trims = false;
    // Commits are synchronous on a file: timers and sockets must have their turn too.
    await yieldToEventLoop();
  }
  return tried;
}

/** Hands over one event and returns how that went; null where it was stopped and does not count. */
async function deliver(
  deps: DispatchDeps,
  row: OutboxRow,
  stopping: AbortSignal,
): Promise<Delivery | null> {
  const over = new AbortController();
  const signal = AbortSignal.any([stopping, over.signal]);
  const attempt = row.attempts + 1;
  const { id, workspaceId, event, subjectId, detail, createdAt: at } = row;
  try {
    const published = (async () =>
      deps.bus.publish({ id, workspaceId, event, subjectId, detail, at, attempt }, signal))();
    await Promise.race([published, limit(deps, over.signal), stopped(signal)]);
    return { outcome: 'delivered' };
  } catch (error) {
    if (stopping.aborted) return null;
    return failure(deps, row, attempt, error);
  } finally {
    over.abort();
  }
}

function failure(deps: DispatchDeps, row: OutboxRow, attempt: number, error: unknown): Delivery {
  const isLast = attempt >= deps.maxAttempts;
  const text = errorText(error, deps.redact);
  deps.logger.log(
    isLast ? 'error' : 'warn',
    isLast ? 'An event was given up.' : 'An event was not delivered and is tried again.',
    { eventId: row.id, event: row.event, subjectId: row.subjectId, attempt, error: text },
  );
  const waitMs = backoffAfter(attempt, deps.random, deps.backoff);
  return { outcome: 'failed', error: text, retryAt: deps.clock.now() + waitMs, isLast };
}

/** Rejects when a delivery takes too long: one that hangs must not hold up all others. */
async function limit({ wait, deliveryTimeoutMs }: DispatchDeps, over: AbortSignal): Promise<never> {
  await wait(deliveryTimeoutMs, over);
  throw new AdjutantError('Upstream', `The event was not taken within ${deliveryTimeoutMs} ms.`, {
    hint: 'Let the listener hand long work to a job.',
  });
}

/** Rejects when the dispatcher stops: what then hangs is left behind. */
function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new Error('stopped'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
