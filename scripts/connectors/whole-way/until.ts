import { setTimeout } from 'node:timers/promises';

const longestWaitMs = 30_000;
const lookEveryMs = 50;

/** Waits until something is so; false where it is not in half a minute. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const startedAtMs = performance.now();
  while (performance.now() - startedAtMs < longestWaitMs) {
    if (await isSo()) return true;
    await setTimeout(lookEveryMs);
  }
  return false;
}
