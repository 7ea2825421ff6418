import type { Clock } from '../clock.ts';
import type { WakeUp } from './wake-up.ts';

export interface RestOptions {
  /** Ends the rest when any of these settles. */
  ended: readonly Promise<void>[];
  /** The next thing that is known to be due; null for none. */
  untilAt: number | null;
  /** The longest rest, because other processes add work too; null to wait for the others only. */
  pollMs: number | null;
  clock: Clock;
  /** Null where being woken would be of no use. */
  wakeUp: WakeUp | null;
  signal: AbortSignal;
}

/** Resolves when there may be something to do, or when the signal aborts. */
export async function rest(options: RestOptions): Promise<void> {
  const { clock, pollMs, untilAt, wakeUp } = options;
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const waits: Promise<void>[] = [...options.ended];
  if (pollMs !== null) {
    const untilMs = untilAt === null ? pollMs : Math.max(1, untilAt - clock.now());
    waits.push(clock.sleep(Math.min(pollMs, untilMs), signal).catch(() => undefined));
  }
  if (wakeUp !== null) waits.push(wakeUp.heard(signal));
  waits.push(aborted(signal));
  try {
    await Promise.race(waits);
  } finally {
    over.abort();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
