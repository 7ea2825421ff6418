import type { Clock } from '@adjutant/core';

/** What was read last, and whether the reading after it failed. */
export interface Kept<Value> {
  /** Null before the first that worked. */
  value: Value | null;
  hasFailed: boolean;
}

export interface Fresh<Value> {
  /** Returns it as of now, or from before where that was read lately enough. */
  now(): Promise<Kept<Value>>;
  /** Returns what is at hand, while a new one is read; only the first is waited for. */
  atHand(): Promise<Kept<Value>>;
  /** Waits for what is being read. */
  settled(): Promise<void>;
}

/**
 * Keeps something that is costly to read, and reads it anew when somebody asks and so long has passed.
 * Whoever asks meanwhile shares the reading. One that fails counts as read: a broken store is not
 * asked more often than a sound one.
 */
export function keepFresh<Value>(options: {
  everyMs: number;
  clock: Clock;
  read(this: void): Promise<Value>;
  failed(this: void, error: { error: string }): void;
}): Fresh<Value> {
  const { everyMs, clock, read, failed } = options;
  let kept: Kept<Value> = { value: null, hasFailed: false };
  let readAt: number | null = null;
  let reading: Promise<void> | null = null;
  const renew = async (): Promise<void> => {
    try {
      kept = { value: await read(), hasFailed: false };
    } catch (error) {
      kept = { ...kept, hasFailed: true };
      failed({ error: error instanceof Error ? error.name : 'unknown' });
    } finally {
      reading = null;
    }
  };
  const begin = (): void => {
    const at = clock.now();
    // A clock that was set back makes nothing older than it is.
    const isFresh = readAt !== null && at >= readAt && at - readAt < everyMs;
    if (reading !== null || isFresh) return;
    readAt = at;
    reading = renew();
  };
  return {
    async now() {
      begin();
      await reading;
      return kept;
    },
    async atHand() {
      begin();
      if (kept.value === null) await reading;
      return kept;
    },
    async settled() {
      await reading;
    },
  };
}
