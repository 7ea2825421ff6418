import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@adjutant/core';

const timesFaster = 200;

/** Returns a clock that is so far ahead, and on which waiting takes a moment: what asks to wait is not waited out. */
export function createHurriedClock(aheadMs: number): Clock {
  return {
    now: () => Date.now() + aheadMs,
    monotonic: () => performance.now(),
    async sleep(milliseconds, signal) {
      await pause(milliseconds / timesFaster, undefined, signal === undefined ? {} : { signal });
    },
  };
}
