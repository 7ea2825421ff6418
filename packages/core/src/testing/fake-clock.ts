import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on. */
  advance(milliseconds: number): void;
  /** Sets the time of day, while no time passes. */
  leap(milliseconds: number): void;
  /** All waits asked for, in order. */
  readonly sleeps: readonly number[];
}

/** Returns a clock that stands still until told otherwise; sleeping moves it on at once. */
export function createFakeClock(startAt = Date.UTC(2026, 8, 14, 12)): FakeClock {
  let now = startAt;
  let passed = 0;
  const sleeps: number[] = [];
  return {
    now: () => now,
    monotonic: () => passed,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      now += milliseconds;
      passed += milliseconds;
      // A loop that sleeps must let real timers and sockets have their turn.
      await setImmediate();
    },
    advance(milliseconds) {
      now += milliseconds;
      passed += milliseconds;
    },
    leap(milliseconds) {
      now += milliseconds;
    },
    sleeps,
  };
}
