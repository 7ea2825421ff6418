import type { CrashPointName } from '@adjutant/core/testing';
import { type Child, startChild, tell } from './child-process.ts';

export interface Syncers {
  /** Syncs into a store in a process of its own, which kills itself at a point where one is given. */
  sync(
    store: string,
    at?: { point: CrashPointName; hit: number },
  ): Promise<{ rowsChanged: number } | 'killed'>;
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
      tell(child, store, at?.point ?? 'none', String(at?.hit ?? 1));
      const report = child.report.catch(() => null);
      const { signal } = await child.exit;
      if (signal === 'SIGKILL') return 'killed';
      const reported = await report;
      if (reported === null || reported['failed'] !== 0) throw new Error('a sync failed by itself');
      return { rowsChanged: Number(reported['rowsChanged']) };
    },
    async close() {
      const child = await spare.catch(() => null);
      child?.process.kill('SIGKILL');
      await child?.exit;
    },
  };
}
