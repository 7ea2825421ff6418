import { setImmediate } from 'node:timers/promises';

/** libSQL on a file is synchronous behind promises: without this, timers and sockets would starve. */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate();
}
