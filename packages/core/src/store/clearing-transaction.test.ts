import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sql } from 'drizzle-orm';
import { clearingTransaction } from './clearing-transaction.ts';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

let store: Store;

beforeEach(async () => {
  store = await openStore(':memory:');
});

afterEach(() => store.close());

/** Has the transaction after the one that runs refused. */
function failAfterwards(): void {
  vi.spyOn(store, 'transaction').mockRejectedValueOnce(new Error('The way back fails.'));
}

test('what was committed stays so where the way back fails', async () => {
  const result = await clearingTransaction(store, async (transaction) => {
    failAfterwards();
    await runStatement(transaction, sql`create table kept as select 1 as one`);
    return 'done';
  });
  expect(result).toBe('done');
  expect(await queryTuples(store.read, sql`select one from kept`)).toEqual([[1]]);
});

test('an error of the work is told and not that of the way back', async () => {
  const work = clearingTransaction(store, async () => {
    failAfterwards();
    throw new Error('The work fails.');
  });
  await expect(work).rejects.toThrow('The work fails.');
});
