import type { Adjutant, SyncOptions, SyncSummary } from '@adjutant/core';
import type { CommandContext } from './command-context.ts';
import { createProgressBar } from './progress-bar.ts';

/** Reads every source once, with a progress bar and until Ctrl-C. */
export async function syncOnce(
  context: CommandContext,
  adjutant: Adjutant,
  how: Pick<SyncOptions, 'mode' | 'since'> = {},
): Promise<SyncSummary> {
  const progress = createProgressBar(context);
  try {
    return await adjutant.sync({ ...how, onProgress: progress.update, signal: context.io.signal });
  } finally {
    progress.clear();
    if (context.io.signal.aborted) {
      context.output.warn('Stopped. What was read is kept: the same command goes on from there.');
    }
  }
}
