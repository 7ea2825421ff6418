/** How waits between attempts grow. */
export interface Backoff {
  /** Before the second attempt; each later one doubles it. @unit milliseconds */
  firstMs: number;
  /** @unit milliseconds */
  longestMs: number;
}

export const defaultBackoff: Backoff = { firstMs: 1_000, longestMs: 15 * 60_000 };

/**
 * Returns how long to wait after so many failed attempts: between half of a doubling ceiling and
 * all of it, so that what failed together does not come back together. @unit milliseconds
 */
export function backoffAfter(attempts: number, random: () => number, backoff: Backoff): number {
  const doublings = Math.min(Math.max(attempts - 1, 0), 40);
  const ceilingMs = Math.min(backoff.longestMs, backoff.firstMs * 2 ** doublings);
  return Math.round(ceilingMs * (0.5 + random() / 2));
}
