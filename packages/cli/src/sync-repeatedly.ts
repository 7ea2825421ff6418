import type { Adjutant, SyncSummary } from '@adjutant/core';
import { formatMinute, formatNumber } from '@adjutant/insights';
import type { CommandContext } from './command-context.ts';
import { createProgressBar } from './progress-bar.ts';
import { failureIn, syncSummaryText } from './sync-summary.ts';

/** Reads now, again after each interval and whenever a refresh is asked for, until Ctrl-C. */
export async function syncRepeatedly(
  context: CommandContext,
  adjutant: Adjutant,
  everyMs: number,
): Promise<void> {
  const { io, output, clock } = context;
  const progress = createProgressBar(context);
  const minutes = everyMs / 60_000;
  const interval = minutes < 1 ? `${everyMs / 1000} s` : `${formatNumber(minutes, 1)} min`;
  output.note(`Reading every ${interval}, and when a refresh is asked for, until Ctrl-C.`);
  const onPass = (summary: SyncSummary): void => {
    progress.clear();
    const text = `${formatMinute(clock.now())} UTC\n${syncSummaryText(summary, output)}`;
    // A failure is told in a log file too; that all is well only to somebody who watches.
    if (failureIn(summary) === null) output.note(text);
    else output.warn(text);
  };
  await adjutant
    .work({ everyMs, signal: io.signal, onProgress: progress.update, onPass })
    .finally(progress.clear);
}
