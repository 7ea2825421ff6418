import type { Clock } from '../clock.ts';
import { type Backoff, backoffAfter } from '../jobs/backoff.ts';
import type { Logger } from '../logger.ts';
import { storeTroubleIn } from './store-errors.ts';
import type { Store } from './store.ts';

/** How whoever works waits while the store cannot be used. */
export const troubleBackoff: Backoff = { firstMs: 1_000, longestMs: 30_000 };

export interface Outliving {
  store: Pick<Store, 'probe'>;
  clock: Clock;
  /** From 0 up to 1, for jitter. */
  random: () => number;
  logger: Logger;
  signal: AbortSignal;
}

/** Waits while a store cannot be used, ever longer. */
export interface TroublePatience {
  /**
   * Waits where the error is one of the store that passes by itself; it rethrows any other, and every
   * one once it is to end.
   */
  afterFailure(error: unknown): Promise<void>;
  /** To be called when something worked. */
  worked(): void;
}

export function createTroublePatience(options: Outliving): TroublePatience {
  const { store, clock, random, logger, signal } = options;
  let failures = 0;
  return {
    async afterFailure(failure) {
      const reason = storeTroubleIn(failure);
      if (reason === null || signal.aborted) throw failure;
      failures += 1;
      const waitMs = backoffAfter(failures, random, troubleBackoff);
      logger.log('warn', 'The store cannot be used; another try follows.', { reason, waitMs });
      await clock.sleep(waitMs, signal).catch(() => undefined);
      await store.probe().catch(() => undefined);
    },
    worked() {
      failures = 0;
    },
  };
}

/** Does something until it is done, however often the store cannot be used meanwhile. */
export async function outliveTrouble<Result>(
  options: Outliving,
  work: () => Promise<Result>,
): Promise<Result> {
  const patience = createTroublePatience(options);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await patience.afterFailure(error);
    }
  }
}
