import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { systemClock } from '../clock.ts';
import { Connection } from './connection.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

const mostTries = 50;
const pauseMs = 100;

/** Writes the whole database, as it is at one moment, into a file that is not there yet; a thread does it. */
export function copyWhole(store: Store, to: string): Promise<void> {
  return inThread(store, async (connection) => {
    await runStatement(connection.database, sql`vacuum into ${to}`);
  });
}

/**
 * Writes the file anew without what was deleted or replaced in it, ever, and empties the log.
 * @throws AdjutantError `StoreBusy` where somebody keeps reading in the log
 */
export function compactWhole(store: Store): Promise<void> {
  return inThread(store, async (connection) => {
    // In memory such a copy could be larger than there is room.
    await runStatement(connection.database, sql`pragma temp_store = file`);
    await runStatement(connection.database, sql`vacuum`);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const [row] = await queryTuples<[number]>(
        connection.database,
        sql`pragma wal_checkpoint(truncate)`,
      );
      if (row?.[0] === 0) return;
      // By the machine's clock: waiting for another process is no matter of domain time.
      await systemClock.sleep(pauseMs);
    }
    throw new AdjutantError('StoreBusy', 'Somebody kept reading in the log of the store.', {
      hint: 'Stop what else uses the store and try again.',
      retryable: true,
    });
  });
}

async function inThread(
  store: Store,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const location = requireFile(store);
  const connection = await Connection.open(location, undefined, 'write-in-thread');
  try {
    await connection.patiently(() => work(connection));
  } finally {
    await connection.close();
  }
}

/** @throws AdjutantError `Configuration` for a store on another machine */
export function requireFile(store: Store): { kind: 'file'; path: string } {
  if (store.file !== null) return store.file;
  throw new AdjutantError('Configuration', 'The store is on another machine.', {
    hint: 'Use what its server offers, or "adjutant export".',
  });
}
