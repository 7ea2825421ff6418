import type { Clock, Logger } from '@adjutant/core';
import type { LiveState } from './live-state.ts';

const pauseMs = 2_000;
/** So many looks without news, and a listener hears that the line is still up. */
const looksBetweenHeartbeats = 7;
const mostListeners = 200;

/** Somebody who hears of changes. */
export interface LiveListener {
  /** Told at once, and whenever it changed. */
  state(this: void, state: LiveState): void;
  heartbeat(this: void): void;
  /** Whether whoever listens may still; one who may not is told the end. */
  mayListen(this: void): Promise<boolean>;
  end(this: void): void;
}

/** Tells listeners of one workspace how things stand. */
export interface LiveFeed {
  /** Returns what ends the listening. */
  listen(listener: LiveListener): () => void;
  /** How many listen. */
  readonly size: number;
  /** Whether so many listen that another one is told to come back. */
  readonly isFull: boolean;
  /** Ends every listener. */
  close(): void;
}

/**
 * Returns a feed that looks only while somebody listens, at most every two seconds, once for all who do.
 */
export function createLiveFeed(deps: {
  read: () => Promise<LiveState>;
  clock: Clock;
  logger: Logger;
}): LiveFeed {
  const { read, clock, logger } = deps;
  const listeners = new Set<LiveListener>();
  let last: LiveState | null = null;
  let looking: AbortController | null = null;

  const look = async (signal: AbortSignal): Promise<void> => {
    for (let quiet = 0; listeners.size > 0 && !signal.aborted; quiet += 1) {
      await dismissed(listeners);
      const state = await read();
      const isNews = last === null || last.said !== state.said;
      last = state;
      if (isNews) quiet = 0;
      for (const listener of listeners) {
        if (isNews) listener.state(state);
        else if (quiet % looksBetweenHeartbeats === looksBetweenHeartbeats - 1) {
          listener.heartbeat();
        }
      }
      await clock.sleep(pauseMs, signal);
    }
  };
  const begin = (): void => {
    if (looking !== null) return;
    const stop = new AbortController();
    looking = stop;
    look(stop.signal)
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        const name = error instanceof Error ? error.name : 'unknown';
        logger.log('warn', 'live feed ended', { name });
        // A browser comes back by itself after a while.
        endAll(listeners);
      })
      .finally(() => {
        looking = null;
        last = null;
        if (listeners.size > 0) begin();
      });
  };
  return {
    get size() {
      return listeners.size;
    },
    get isFull() {
      return listeners.size >= mostListeners;
    },
    listen(listener) {
      listeners.add(listener);
      if (last !== null) listener.state(last);
      begin();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) looking?.abort();
      };
    },
    close() {
      endAll(listeners);
      looking?.abort();
    },
  };
}

async function dismissed(listeners: Set<LiveListener>): Promise<void> {
  for (const listener of listeners) {
    if (await listener.mayListen()) continue;
    listeners.delete(listener);
    listener.end();
  }
}

function endAll(listeners: Set<LiveListener>): void {
  for (const listener of listeners) listener.end();
  listeners.clear();
}
