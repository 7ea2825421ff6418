import type { Adjutant, SyncSummary } from '@adjutant/core';
import { formatMinute, formatNumber } from '@adjutant/insights';
import type { CommandContext } from './command-context.ts';
import { createProgressBar } from './progress-bar.ts';
import { failureIn, syncSummaryText } from './sync-summary.ts';

/**
 * Reads whenever a refresh is asked for, and with an interval now and after each, until Ctrl-C.
 * @throws AdjutantError `Conflict` where another process does so
 */
export async function syncRepeatedly(
  context: CommandContext,
  adjutant: Adjutant,
  everyMs: number | undefined,
): Promise<void> {
  const { io, output, clock } = context;
  const progress = createProgressBar(context);
  const when = everyMs === undefined ? '' : `every ${intervalText(everyMs)}, and `;
  output.note(`Reading ${when}when a refresh is asked for, until Ctrl-C.`);
  const onPass = (summary: SyncSummary): void => {
    progress.clear();
    const text = `${formatMinute(clock.now())} UTC\n${syncSummaryText(summary, output)}`;
    // A failure is told in a log file too; that all is well only to somebody who watches.
    if (failureIn(summary) === null) output.note(text);
    else output.warn(text);
  };
  await adjutant
    .work({
      ...(everyMs === undefined ? {} : { everyMs }),
      signal: io.signal,
      onProgress: progress.update,
      onPass,
    })
    .finally(progress.clear);
}

function intervalText(everyMs: number): string {
  const minutes = everyMs / 60_000;
  return minutes < 1 ? `${everyMs / 1000} s` : `${formatNumber(minutes, 1)} min`;
}
