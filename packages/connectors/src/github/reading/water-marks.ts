/** How far a pass looks back beyond the start of the one before. @unit milliseconds */
export const overlapMs = 5 * 60_000;
/** GitHub's times are whole seconds: what changed within the last few may change again unseen. */
const unsettledMs = 3_000;
const keptAtMost = 2_000;

/**
 * Returns what is known to be here of all that changed after the high water mark. A change of the
 * last few seconds is left out, so that it is looked at again.
 */
export function settledSeen(
  seen: Readonly<Record<string, string>>,
  highWater: number,
  serverNow: number,
): Record<string, string> {
  const kept = Object.entries(seen).filter(([, updatedAt]) => {
    const at = Date.parse(updatedAt);
    return at >= highWater && at < serverNow - unsettledMs;
  });
  // In the order of ids: two ways to the same place must leave the same state.
  const ordered = kept.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(ordered.slice(-keptAtMost));
}

/** Returns what is looked at again by every pass: the latest, because old ones are never settled. */
export function keptOpen(ids: readonly string[]): string[] {
  return [...new Set(ids)].slice(-200).toSorted();
}
