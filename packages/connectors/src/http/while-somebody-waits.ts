import { AdjutantError, type Clock, type ConnectorContext } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

/** A sync waits out what passes; somebody before a terminal is told soon that it did not. */
const longestSleepsMs = 5_000;
const longestMs = 30_000;

/** What a vendor is asked with where no sync runs. */
export type AskingContext = Omit<ConnectorContext<unknown>, 'config'>;

/**
 * Asks a vendor for somebody who waits for the answer: pauses between attempts and the whole of it are
 * short, and what would take longer fails.
 * @throws AdjutantError `Upstream` where it took too long
 */
export async function whileSomebodyWaits<Result>(
  context: AskingContext,
  { source, title }: Vendor,
  work: (context: AskingContext) => Promise<Result>,
): Promise<Result> {
  const late = (): AdjutantError =>
    new AdjutantError('Upstream', `${title} could not be reached, or asks for a longer wait.`, {
      source,
      retryable: true,
      hint: 'Check the connection, and try again later.',
    });
  const limit = AbortSignal.timeout(longestMs);
  const signal = AbortSignal.any([context.signal, limit]);
  try {
    return await work({ ...context, signal, clock: briefClock(context.clock, late) });
  } catch (error) {
    context.signal.throwIfAborted();
    throw limit.aborted ? late() : error;
  }
}

/** A clock by which nobody sleeps for long, all sleeps together. */
function briefClock(clock: Clock, late: () => AdjutantError): Clock {
  let leftMs = longestSleepsMs;
  return {
    now: () => clock.now(),
    async sleep(milliseconds, signal) {
      if (milliseconds > leftMs) throw late();
      leftMs -= milliseconds;
      await clock.sleep(milliseconds, signal);
    },
  };
}
