import type { SyncOptions, SyncSummary } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { Logger } from '../logger.ts';

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
const mostAttempts = 10;

export interface HintFollowerOptions {
  clock: Clock;
  logger: Logger;
  sync: (options: SyncOptions) => Promise<SyncSummary>;
  /** Ends it, whatever is left. */
  closing: AbortSignal;
}

/**
 * Returns what follows hints, one pass at a time: called while one is under way, it makes another one
 * when that is over, so that no hint waits for the next. Where another process holds a stream it waits
 * and tries again. It never rejects: what cannot be read now is read by the next ordinary sync.
 */
export function createHintFollower(options: HintFollowerOptions): () => Promise<void> {
  let isAsked = false;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    for (let attempt = 0; isAsked && attempt < mostAttempts && !options.closing.aborted; ) {
      isAsked = false;
      const isHeld = await followOnce(options);
      attempt = isHeld ? attempt + 1 : 0;
      if (!isHeld) continue;
      isAsked = true;
      const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
      await options.clock.sleep(waitMs, options.closing).catch(() => undefined);
    }
    isAsked = false;
  };
  return () => {
    isAsked = true;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Makes a pass; true where another process held a stream of it. */
async function followOnce({ logger, sync, closing }: HintFollowerOptions): Promise<boolean> {
  try {
    const { streams } = await sync({ hinted: true, signal: closing });
    return streams.some(({ outcome }) => outcome === 'skipped');
  } catch (error) {
    if (closing.aborted) return false;
    const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
    logger.log('error', 'What webhooks hint at could not be read.', { code });
    return false;
  }
}
