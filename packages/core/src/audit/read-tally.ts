import { eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { errorText } from '../jobs/error-text.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { appendAuditEntry } from './append-audit-entry.ts';

const hourMs = 3_600_000;

/** The entry that tells how often somebody read what in an hour. It holds nothing of what was read. */
export const readsCountedEvent = 'reads.counted';

/** Counts reads in memory; a read waits for nothing. */
export interface ReadTally {
  count(workspaceId: string, actor: string, what: string): void;
  /**
   * Writes what was counted in hours that are over, or everything: one entry for each caller and
   * hour. It never rejects: what cannot be written now is kept for the next time.
   */
  flush(options?: { everything?: boolean }): Promise<void>;
}

interface Counted {
  workspaceId: string;
  actor: string;
  from: number;
  reads: Map<string, number>;
}

/** Returns a tally that has counted nothing. */
export function createReadTally(deps: {
  store: Store;
  clock: Clock;
  logger: Logger;
  redact: (text: string) => string;
}): ReadTally {
  const { store, clock, logger, redact } = deps;
  const counted = new Map<string, Counted>();
  let oldest = Number.POSITIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();
  const hourOf = (at: number): number => at - (at % hourMs);

  async function write(everything: boolean): Promise<void> {
    const present = hourOf(clock.now());
    for (const [key, entry] of counted) {
      if (!everything && entry.from >= present) continue;
      counted.delete(key);
      try {
        await store.transaction((transaction) => append(transaction, entry, clock.now()));
      } catch (error) {
        // Somebody may have read on meanwhile.
        const since = counted.get(key);
        for (const [what, times] of entry.reads) {
          since?.reads.set(what, (since.reads.get(what) ?? 0) + times);
        }
        if (since === undefined) counted.set(key, entry);
        logger.log('warn', 'reads could not be noted in the ledger', {
          error: errorText(error, redact),
        });
        break;
      }
    }
    oldest = Math.min(...[...counted.values()].map(({ from }) => from));
  }

  const flush = (options: { everything?: boolean } = {}): Promise<void> => {
    writing = writing.then(() => write(options.everything ?? false));
    return writing;
  };
  return {
    count(workspaceId, actor, what) {
      const from = hourOf(clock.now());
      const key = JSON.stringify([workspaceId, actor, from]);
      const entry = counted.get(key) ?? { workspaceId, actor, from, reads: new Map() };
      entry.reads.set(what, (entry.reads.get(what) ?? 0) + 1);
      counted.set(key, entry);
      const isNewHour = oldest < from;
      oldest = Math.min(oldest, from);
      if (!isNewHour) return;
      // Once an hour and not waited for; what it fails to write stays.
      oldest = from;
      void flush();
    },
    flush,
  };
}

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

async function append(
  transaction: Transaction,
  { workspaceId, actor, from, reads }: Counted,
  at: number,
): Promise<void> {
  const { workspaces } = tables;
  const [known] = await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  // A workspace that was deleted meanwhile keeps no trace of who read it.
  if (known === undefined) return;
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor,
    event: readsCountedEvent,
    detail: { from, to: from + hourMs, reads: Object.fromEntries(reads) },
  });
}
