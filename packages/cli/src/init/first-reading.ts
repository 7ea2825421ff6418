import type { SyncSummary, WorkspaceHandle } from '@adjutant/core';
import type { CommandContext } from '../command-context.ts';
import { withAdjutant } from '../open-adjutant.ts';
import type { Output } from '../output.ts';
import { syncOnce } from '../sync-once.ts';
import { syncSummaryText } from '../sync-summary.ts';

export interface FirstReading {
  summary: SyncSummary | null;
  /** Questions about people and teams that what was read leaves open. */
  waiting: number;
}

/** Reads what was just configured. */
export async function firstReading(context: CommandContext): Promise<FirstReading> {
  return withAdjutant(context, async ({ adjutant, handle }) => {
    const summary = await syncOnce(context, adjutant);
    return { summary, waiting: await countWaiting(handle) };
  });
}

/** Returns what was written and read, and what comes next. */
export function initText(
  { path, isIgnored, summary, waiting }: FirstReading & { path: string; isIgnored: boolean },
  output: Output,
): string {
  const ignored = isIgnored ? ' and added .adjutant/ to .gitignore' : '';
  const review = waiting > 0 ? ', adjutant people review' : '';
  return [
    `Wrote ${path}${ignored}.`,
    ...(summary === null ? [] : [syncSummaryText(summary, output)]),
    summary === null
      ? 'Next: adjutant sync'
      : `Next: adjutant metrics${review}, adjutant mcp install --client claude`,
  ].join('\n');
}

async function countWaiting(handle: WorkspaceHandle): Promise<number> {
  const suggestions = await handle.identitySuggestions();
  return suggestions.length + (await handle.teamProposals.list()).length;
}
