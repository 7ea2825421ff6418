import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { markNamedWork } from './mark-named-work.ts';

type Rows = Parameters<typeof markNamedWork>[3];

async function emptyStore(): Promise<Store> {
  const store = await openStore(':memory:');
  onTestFinished(() => store.close());
  return store;
}

/** Marks the rows and returns what is marked then, as `kind source externalId`. */
async function marked(store: Store, pullRequests: Rows, workItems: Rows = []): Promise<string[]> {
  await store.transaction((transaction) =>
    markNamedWork(transaction, 'w', 'github', pullRequests, workItems),
  );
  const rows = await queryTuples<[string, string, string, string]>(
    store.read,
    sql`select workspace_id, kind, source, external_id from dirty_subjects order by 2, 4`,
  );
  return rows.map((row) => row.join(' '));
}

it('marks what names a key, in title or branch, and items that can be named', async () => {
  const store = await emptyStore();
  const pullRequests = [
    { externalId: 'p1', title: 'PAY-1: Pay', headRef: null },
    { externalId: 'p2', title: 'Fix', headRef: 'ada/pay-2' },
    { externalId: 'p3', title: 'Fix', headRef: 'ada/fix' },
    { externalId: 'p4', title: 'Fix', headRef: null },
  ];
  const workItems = [
    { externalId: 'i1', key: 'PAY-1' },
    { externalId: 'i2', key: 'acme/api#12' },
    { externalId: 'i3', key: null },
  ];
  expect(await marked(store, pullRequests, workItems)).toEqual([
    'w named_item github i1',
    'w named_work github p1',
    'w named_work github p2',
  ]);
});

it('marks what named a key before and names none now, and nobody else', async () => {
  const store = await emptyStore();
  const keyOf = (workspaceId: string, source: string, externalId: string, key: string) => sql`
    insert into pull_request_keys
      (workspace_id, source, pull_request_external_id, key, is_linked)
    values (${workspaceId}, ${source}, ${externalId}, ${key}, 0)`;
  await store.transaction(async (transaction) => {
    await runStatement(transaction, keyOf('w', 'github', 'p1', 'PAY-1'));
    await runStatement(transaction, keyOf('w', 'github', 'p1', 'PAY-2'));
    await runStatement(transaction, keyOf('w', 'gitlab', 'p2', 'PAY-1'));
    await runStatement(transaction, keyOf('other', 'github', 'p2', 'PAY-1'));
  });
  const pullRequests = ['p1', 'p2'].map((externalId) => ({ externalId, title: 'Pay' }));
  expect(await marked(store, pullRequests)).toEqual(['w named_work github p1']);
  expect(await marked(store, pullRequests)).toEqual(['w named_work github p1']);
});
