import type { CrashPointName } from '@adjutant/core/testing';
import { type Child, startChild, tell } from './child-process.ts';

/** When a process that syncs is killed, and how its clock goes. */
export interface KilledAt {
  /** It kills itself at the nth hit of a named point. */
  point?: CrashPointName;
  hit?: number;
  /** It is killed so long after it began, wherever it is. */
  afterMs?: number;
  /** Its clock is so far ahead, and its waits take a moment; the real clock unless told. */
  hoursAhead?: number;
  /** Whether streams may fail, because the source does; else that is an error. */
  mayFail?: boolean;
}

export interface Syncers {
  /** Syncs into a store in a process of its own, which is killed where that is asked for. */
  sync(store: string, at?: KilledAt): Promise<{ rowsChanged: number } | 'killed' | 'failed'>;
  close(): Promise<void>;
}

/** Returns processes that sync, each once; the next one starts up while one is at work. */
export function createSyncers(source: readonly string[]): Syncers {
  const start = (): Promise<Child> => {
    const child = startChild('syncer', source);
    // Told where it is awaited.
    child.catch(() => undefined);
    return child;
  };
  let spare = start();
  return {
    async sync(store, at) {
      const child = await spare;
      spare = start();
      const { point = 'none', hit = 1, afterMs, hoursAhead } = at ?? {};
      tell(child, store, point, String(hit), hoursAhead === undefined ? '' : String(hoursAhead));
      const killer =
        afterMs === undefined ? null : setTimeout(() => child.process.kill('SIGKILL'), afterMs);
      const report = child.report.catch(() => null);
      const { signal } = await child.exit;
      if (killer !== null) clearTimeout(killer);
      if (signal === 'SIGKILL') return 'killed';
      const reported = await report;
      if (reported === null) throw new Error('a sync ended without a word');
      if (reported['failed'] !== 0) {
        if (at?.mayFail === true) return 'failed';
        throw new Error('a sync failed by itself');
      }
      return { rowsChanged: Number(reported['rowsChanged']) };
    },
    async close() {
      const child = await spare.catch(() => null);
      child?.process.kill('SIGKILL');
      await child?.exit;
    },
  };
}
