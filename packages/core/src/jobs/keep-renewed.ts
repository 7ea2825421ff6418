import type { Clock } from '../clock.ts';

export interface KeepRenewedOptions {
  everyMs: number;
  wait: Clock['sleep'];
  /** Aborts when what the lease is for has ended. */
  ended: AbortSignal;
  /** Extends the lease; false where another has taken it. */
  renew(): Promise<boolean>;
  onLost(): void;
  onError(error: unknown): void;
}

/** Renews a lease until what it is for has ended, or another has taken it. Never rejects. */
export async function keepRenewed(options: KeepRenewedOptions): Promise<void> {
  const { ended } = options;
  for (;;) {
    try {
      await options.wait(options.everyMs, ended);
    } catch {
      return;
    }
    if (ended.aborted) return;
    try {
      if (await options.renew()) continue;
      // What has just ended is no longer held, and that is no loss.
      if (!ended.aborted) options.onLost();
      return;
    } catch (error) {
      // The next renewal may succeed; if none does the lease runs out, which is what it is for.
      options.onError(error);
    }
  }
}
