/** How long what was written waited until it could be found. */
export interface IndexLag {
  /**
   * 95 of 100 waited so long or less, those that still wait counted with what they have waited so far;
   * null where nothing was written in the last day. @unit milliseconds
   */
  p95Ms: number | null;
  /** What was written or indexed in the last day, or waits. */
  sampleSize: number;
  /** How much waits now, and since when the oldest of it does. */
  waiting: number;
  oldestWaitingSince: number | null;
}
