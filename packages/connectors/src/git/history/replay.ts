/** Where a pass that was cut off had come to. */
export interface ReplayPoint {
  emitted: number;
  lastExternalId: string | null;
}

/** Thrown where a second reading does not give the same records in the same order. */
export class ReplayMismatch extends Error {}

export interface Replay {
  /** Returns false for a record that an earlier attempt has committed. */
  isNew(record: { externalId: string }): boolean;
  /** @throws ReplayMismatch where the earlier attempt had come further than there are records */
  finish(): void;
  readonly count: number;
  /** Records that the earlier attempt has committed. */
  readonly skipped: number;
  readonly lastExternalId: string | null;
}

/**
 * Counts records, so that a pass can go on where it stopped. The same heads give the same records in
 * the same order; the last id is compared to be sure of it.
 */
export function createReplay(point: ReplayPoint | null): Replay {
  let count = 0;
  let lastExternalId: string | null = null;
  return {
    isNew({ externalId }) {
      count += 1;
      lastExternalId = externalId;
      if (point === null || count > point.emitted) return true;
      if (count === point.emitted && externalId !== point.lastExternalId)
        throw new ReplayMismatch();
      return false;
    },
    finish() {
      if (point !== null && count < point.emitted) throw new ReplayMismatch();
    },
    skipped: point?.emitted ?? 0,
    get count() {
      return count;
    },
    get lastExternalId() {
      return lastExternalId;
    },
  };
}
