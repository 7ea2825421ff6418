/** A bell that whoever has added work rings, and that a resting worker hears. */
export interface WakeUp {
  ring(): void;
  /** Returns whether it rang since it was last asked. */
  take(): boolean;
  /** Resolves when it rings, at once where it has; also when the signal aborts. */
  heard(signal: AbortSignal): Promise<void>;
}

/** Returns a bell. It holds one ring: more of them say no more. */
export function createWakeUp(): WakeUp {
  let rang = false;
  const waiting = new Set<() => void>();
  return {
    ring() {
      rang = true;
      for (const resolve of [...waiting]) resolve();
    },
    take() {
      const had = rang;
      rang = false;
      return had;
    },
    heard: (signal) =>
      new Promise((resolve) => {
        if (rang || signal.aborted) return resolve();
        const done = (): void => {
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done);
      }),
  };
}
