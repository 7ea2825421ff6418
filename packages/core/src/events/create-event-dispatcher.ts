import { type Clock, systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { type Backoff, backoffAfter, defaultBackoff } from '../jobs/backoff.ts';
import { errorText } from '../jobs/error-text.ts';
import { rest } from '../jobs/rest.ts';
import type { WakeUp } from '../jobs/wake-up.ts';
import { type Logger, silentLogger } from '../logger.ts';
import { troubleBackoff } from '../store/outlive-trouble.ts';
import { storeTroubleIn } from '../store/store-errors.ts';
import type { Store } from '../store/store.ts';
import { type DispatchDeps, dispatchDue } from './dispatch-due.ts';
import type { EventBus } from './event-bus.ts';
import type { EventDispatcher } from './event-dispatcher.ts';
import { hangOutboxBell, ringOutboxBells } from './outbox-bell.ts';
import { listDeadEvents, nextEventAt, redriveEvent } from './outbox-rows.ts';

export interface EventDispatcherOptions {
  store: Store;
  bus: EventBus;
  clock?: Clock;
  /** From 0 up to 1, for jitter. */
  random?: () => number;
  logger?: Logger;
  /** Takes secrets out of a text before it is stored as the error of an event. */
  redact?: (text: string) => string;
  /** How often events that another process appended are looked for; 1 second unless told. @unit milliseconds */
  pollMs?: number;
  /** How long a lost dispatcher holds up the next one. @unit milliseconds */
  leaseMs?: number;
  /** After which a delivery counts as failed. @unit milliseconds */
  deliveryTimeoutMs?: number;
  /** After so many failed deliveries an event is dead; 10 unless told. */
  maxAttempts?: number;
  /** How waits between attempts grow: from 1 second to 15 minutes unless told. */
  backoff?: Partial<Backoff>;
  /** How the machine's own time passes, for renewals and time limits; given by tests. */
  wait?: Clock['sleep'];
}

/** Returns the dispatcher of a store's outbox. Run it in the process that has the listeners. */
export function createEventDispatcher(options: EventDispatcherOptions): EventDispatcher {
  const { store } = options;
  const clock = options.clock ?? systemClock;
  const deps: DispatchDeps = {
    store,
    bus: options.bus,
    clock,
    random: options.random ?? Math.random,
    logger: options.logger ?? silentLogger,
    redact: options.redact ?? ((text) => text),
    leaseMs: options.leaseMs ?? 30_000,
    deliveryTimeoutMs: options.deliveryTimeoutMs ?? 30_000,
    maxAttempts: options.maxAttempts ?? 10,
    backoff: { ...defaultBackoff, ...options.backoff },
    wait: options.wait ?? ((milliseconds, signal) => systemClock.sleep(milliseconds, signal)),
  };
  const pollMs = options.pollMs ?? 1_000;
  return {
    async work({ signal, once = false }) {
      const { bell, takeDown } = hangOutboxBell();
      try {
        await loop(deps, { bell, pollMs, signal, once });
      } finally {
        takeDown();
      }
    },
    async dead(workspaceId) {
      const rows = await listDeadEvents(store.read, workspaceId);
      return rows.map((row) => ({
        id: row.id,
        workspaceId: row.workspaceId,
        event: row.event,
        subjectId: row.subjectId,
        attempts: row.attempts,
        lastError: row.lastError,
        deadAt: row.deadAt ?? row.createdAt,
      }));
    },
    async redrive(eventId, actor = 'system') {
      await store.transaction((transaction) =>
        redriveEvent(transaction, { eventId, actor, now: clock.now() }),
      );
      ringOutboxBells();
    },
  };
}

interface LoopOptions {
  bell: WakeUp;
  pollMs: number;
  signal: AbortSignal;
  once: boolean;
}

async function loop(
  deps: DispatchDeps,
  { bell, pollMs, signal, once }: LoopOptions,
): Promise<void> {
  const backoff = { ...troubleBackoff, firstMs: pollMs };
  let failures = 0;
  while (!signal.aborted) {
    const rang = bell.take();
    let nextAt: number | null = null;
    try {
      nextAt = await nextEventAt(deps.store.read);
      // The bell may ring before the commit. Taking the lease writes, and so waits for that.
      const isDue = rang || (nextAt !== null && nextAt <= deps.clock.now());
      if (isDue && (await dispatchDue(deps, signal)) > 0) continue;
      failures = 0;
      // What is due and not delivered is another process's, or waits behind what is not due.
      if (nextAt !== null && nextAt <= deps.clock.now()) nextAt = null;
    } catch (error) {
      const isPassing =
        storeTroubleIn(error) !== null || (AdjutantError.isInstance(error) && error.retryable);
      if (once || !isPassing) throw error;
      failures += 1;
      deps.logger.log('warn', 'Events could not be read or written; another try follows.', {
        error: errorText(error, deps.redact),
      });
    }
    if (once) return;
    await rest({
      ended: [],
      untilAt: nextAt,
      // Ever longer while the store cannot be used.
      pollMs: failures === 0 ? pollMs : backoffAfter(failures, deps.random, backoff),
      clock: deps.clock,
      wakeUp: bell,
      signal,
    });
  }
}
