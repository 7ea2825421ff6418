import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@adjutant/core';

/** Time stands still unless it is moved; whoever waits waits a moment of real time. */
export interface SteppedClock extends Clock {
  advance(milliseconds: number): void;
}

export function createSteppedClock(startAt: number): SteppedClock {
  let now = startAt;
  return {
    now: () => now,
    async sleep(milliseconds, signal) {
      await setTimeout(
        Math.min(milliseconds, 25),
        undefined,
        signal === undefined ? {} : { signal },
      );
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
