import type { ActionStatus, SignalSeverity } from '../domain.ts';

/** One stream of a source, over all of its scopes. */
export interface StreamFigures {
  source: string;
  stream: string;
  scopes: number;
  /** Scopes that were never read to their end. */
  unread: number;
  /** Scopes whose last reading failed. */
  failing: number;
  /** When the scope was read that waits the longest; null where none was. @unit epoch milliseconds */
  oldestFinishedAt: number | null;
  /** How long the last reading took, of the scope that took longest. @unit milliseconds */
  longestMs: number | null;
}

/** What is stored and what waits in one workspace: counts and instants. */
export interface OperatingFigures {
  streams: StreamFigures[];
  actionsByStatus: Record<ActionStatus, number>;
  /** `queued` and `running` are null where the host brought a runner of its own: it knows. */
  jobs: { queued: number | null; running: number | null; dead: number | null };
  /** Events that no listener has had yet, and those that were given up. */
  outbox: { undelivered: number; dead: number };
  openSignals: Record<SignalSeverity, number>;
  ledgerEntries: number;
  /** Of the store as a whole; null where it does not say. */
  storeBytes: number | null;
}

/** How old what was read of one source is. */
export interface SourceFreshness {
  source: string;
  /** When the stream that was read the longest ago was read; null where one never was. @unit epoch milliseconds */
  oldestFinishedAt: number | null;
}
