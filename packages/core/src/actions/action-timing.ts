/** How long things take. An attempt ends before its lease, so that a late answer is rare. */
export interface ActionTiming {
  /** How long a proposal may wait for its preparation. @unit milliseconds */
  preparingTtlMs: number;
  /** How long a worker has an action to itself. @unit milliseconds */
  leaseMs: number;
  /** After which a request is given up and its outcome is unknown. @unit milliseconds */
  attemptTimeoutMs: number;
  /** Where a definition declares none. @unit milliseconds */
  quietPeriodMs: number;
  /** Wait before the second attempt; each later one doubles it. @unit milliseconds */
  backoffMs: number;
  /** @unit milliseconds */
  longestBackoffMs: number;
  /** Looks at the target after which a person has to tell. */
  mostProbes: number;
}

/** What holds where nothing else is given. */
export const defaultTiming: ActionTiming = {
  preparingTtlMs: 24 * 3_600_000,
  leaseMs: 60_000,
  attemptTimeoutMs: 30_000,
  quietPeriodMs: 60_000,
  backoffMs: 2_000,
  longestBackoffMs: 300_000,
  mostProbes: 5,
};

/** Returns how long to wait after so many failures. @unit milliseconds */
export function backoffMs(timing: ActionTiming, failures: number): number {
  return Math.min(timing.longestBackoffMs, timing.backoffMs * 2 ** Math.min(failures, 20));
}
