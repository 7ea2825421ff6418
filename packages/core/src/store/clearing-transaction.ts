import type { Database } from './database.ts';
import type { Store } from './store.ts';

/**
 * Does work in one transaction so that what it removes or replaces is overwritten in the file too. Its
 * commit is part of that: full-text tables write and merge their pieces only there, and so the way back
 * is a transaction of its own. A remote database sees to that itself.
 */
export async function clearingTransaction<Result>(
  store: Store,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  let isSet = false;
  try {
    return await store.transaction(async (transaction) => {
      isSet = await setClearing(transaction, 'on');
      return work(transaction);
    });
  } finally {
    if (isSet) {
      // Where it stays on, what is removed later is overwritten too: slower, and no less right. What was
      // done is committed or has failed with an error of its own, and this must not say otherwise.
      await store
        .transaction(async (transaction) => setClearing(transaction, 'off'))
        .catch(() => undefined);
    }
  }
}

async function setClearing({ session }: Database, wanted: 'on' | 'off'): Promise<boolean> {
  // Only a local file has statements that stay prepared.
  if (session.executeEach === undefined) return false;
  await session.execute(`pragma secure_delete = ${wanted}`, []);
  return true;
}
