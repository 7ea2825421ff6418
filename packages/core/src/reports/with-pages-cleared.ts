import type { Database } from '../store/database.ts';

/**
 * Does something in a transaction so that what it removes or replaces is overwritten in the file too. A
 * remote database sees to that itself.
 */
export async function withPagesCleared<Result>(
  transaction: Database,
  work: () => Promise<Result>,
): Promise<Result> {
  const { session } = transaction;
  // Only a local file has statements that stay prepared.
  const isLocal = session.executeEach !== undefined;
  if (isLocal) await session.execute('pragma secure_delete = on', []);
  try {
    return await work();
  } finally {
    if (isLocal) await session.execute('pragma secure_delete = off', []);
  }
}
