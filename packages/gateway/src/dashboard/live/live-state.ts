import type { SyncStatus, WorkspaceHandle } from '@adjutant/core';
import { countOf, formatNumber } from '@adjutant/insights';

/** What may change while somebody looks. */
export interface LiveState {
  /** How many actions wait for a decision. */
  pending: number;
  /** Streams that are being read now, and all of them. */
  reading: number;
  streams: number;
  /** Whether a pass was asked for that has not begun. */
  isAsked: boolean;
  /** All of it in a sentence or two. */
  said: string;
}

/** Returns how things stand now. */
export async function readLiveState(
  handle: Pick<WorkspaceHandle, 'actions' | 'syncStatus'>,
): Promise<LiveState> {
  const { total: pending } = await handle.actions.list({ status: ['pending'], limit: 1 });
  // Asked every few seconds: rows are counted only while their number is told.
  const status = await handle.syncStatus({ rowCounts: false });
  return liveStateOf(pending, readingOf(status) > 0 ? await handle.syncStatus() : status);
}

/** Returns the same of what was read already. */
export function liveStateOf(pending: number, status: SyncStatus): LiveState {
  const { streams, rowCounts, pendingRefresh, worker } = status;
  const reading = readingOf(status);
  const records = formatNumber(rowCounts['raw_records'] ?? 0);
  const sync =
    reading > 0
      ? `Reading ${countOf(reading, 'stream')} of ${streams.length}; ${records} records so far.`
      : pendingRefresh
        ? worker.running
          ? 'A reading was asked for and begins soon.'
          : `A reading was asked for, and nothing runs that reads: ${worker.start}.`
        : 'Nothing is being read now.';
  const waits =
    pending === 0
      ? ''
      : ` ${countOf(pending, 'action')} ${pending === 1 ? 'waits' : 'wait'} for a decision.`;
  return {
    pending,
    reading,
    streams: streams.length,
    isAsked: pendingRefresh,
    said: `${sync}${waits}`,
  };
}

/** How many streams are being read. */
function readingOf({ streams, worker }: SyncStatus): number {
  if (!worker.running) return 0;
  return streams.filter(
    ({ lastStartedAt, lastFinishedAt, lastError }) =>
      lastStartedAt !== null &&
      lastError === null &&
      (lastFinishedAt === null || lastFinishedAt < lastStartedAt),
  ).length;
}
