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

/** The store refuses every transaction after the next one. */
function failAfterwards(): void {
  const transaction = store.transaction.bind(store);
  let begun = 0;
  vi.spyOn(store, 'transaction').mockImplementation(async (work) => {
    begun += 1;
    if (begun > 1) throw new Error('The way back fails.');
    return transaction(work);
  });
}

test('what was committed stays so where the way back fails', async () => {
  failAfterwards();
  const result = await clearingTransaction(store, async (transaction) => {
    await runStatement(transaction, sql`create table kept as select 1 as one`);
    return 'done';
  });
  expect(result).toBe('done');
  expect(await queryTuples(store.read, sql`select one from kept`)).toEqual([[1]]);
});

test('an error of the work is told and not that of the way back', async () => {
  failAfterwards();
  const work = clearingTransaction(store, async () => {
    throw new Error('The work fails.');
  });
  await expect(work).rejects.toThrow('The work fails.');
});
