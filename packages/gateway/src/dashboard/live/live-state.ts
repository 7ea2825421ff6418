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
  return liveStateOf(pending, await handle.syncStatus());
}

/** Returns the same of what was read already. */
export function liveStateOf(pending: number, status: SyncStatus): LiveState {
  const { streams, rowCounts, pendingRefresh, worker } = status;
  const reading = streams.filter(
    ({ lastStartedAt, lastFinishedAt, lastError }) =>
      lastStartedAt !== null &&
      lastError === null &&
      (lastFinishedAt === null || lastFinishedAt < lastStartedAt),
  ).length;
  const isReading = worker.running && reading > 0;
  const records = formatNumber(rowCounts['raw_records'] ?? 0);
  const sync = isReading
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
    reading: isReading ? reading : 0,
    streams: streams.length,
    isAsked: pendingRefresh,
    said: `${sync}${waits}`,
  };
}
