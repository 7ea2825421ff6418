import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on. */
  advance(milliseconds: number): void;
  /** All waits asked for, in order. */
  readonly sleeps: readonly number[];
}

/** Returns a clock that stands still until told otherwise; sleeping moves it on at once. */
export function createFakeClock(startAt = Date.UTC(2026, 8, 14, 12)): FakeClock {
  let now = startAt;
  const sleeps: number[] = [];
  return {
    now: () => now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
      // A loop that sleeps must let real timers and sockets have their turn.
      await setImmediate();
    },
    advance(milliseconds) {
      now += milliseconds;
    },
    sleeps,
  };
}
