import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createScriptedConnector, scriptedBatches } from '../testing/scripted-connector.ts';
import { openStore } from './open-store.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { Store } from './store.ts';

const clock = createFakeClock(Date.UTC(2026, 8, 14, 12));
let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  const path = join(folder, 'store.db');
  const payloads = [1, 2].map((number) => ({ number, title: 'Change', author: 'ada@example.com' }));
  const adjutant = await createAdjutant({
    store: path,
    connectors: [createScriptedConnector(scriptedBatches(payloads, 5))],
    clock,
  });
  await adjutant.sync();
  // A second tenant with the same accounts and keys must not show.
  await adjutant.sync({ workspaceId: 'other' });
  for (const workspaceId of ['default', 'other']) {
    const handle = adjutant.workspace(workspaceId).as(await adjutant.owner(workspaceId));
    await handle.projects.create({ key: 'WID', name: 'Widgets' });
  }
  await adjutant.close();
  store = await openStore(path);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const founding = {
  projects: ['id', 'key', 'name', 'created_at', 'updated_at'],
  identities: ['external_type', 'external_id', 'user_id', 'metadata'],
  events_raw: [
    'id',
    'source',
    'event_type',
    'dedupe_key',
    'headers',
    'signature',
    'payload',
    'received_at',
  ],
};
const uniqueKeys = {
  projects: 'key',
  identities: "external_type || ' ' || external_id",
  events_raw: 'dedupe_key',
};

describe.each(Object.keys(founding) as (keyof typeof founding)[])('the view %s', (view) => {
  test('has exactly the columns it promises', async () => {
    const rows = await queryTuples<[string]>(
      store.read,
      sql`select name from pragma_table_info(${view}) order by cid`,
    );
    expect(rows.map(([name]) => name)).toEqual(founding[view]);
  });

  test('has rows, each key once', async () => {
    const [row] = await queryTuples<[number, number]>(
      store.read,
      sql.raw(`select count(*), count(distinct ${uniqueKeys[view]}) from ${view}`),
    );
    expect(row?.[0]).toBeGreaterThan(0);
    expect(row?.[1]).toBe(row?.[0]);
  });

  test('cannot be written to', async () => {
    const write = store.transaction((transaction) =>
      runStatement(transaction, sql.raw(`delete from ${view}`)),
    );
    await expect(write).rejects.toThrow();
  });
});

test('a polled record has neither headers nor a signature, and says when it came', async () => {
  const rows = await queryTuples<[string, string, null, null, string]>(
    store.read,
    sql`select source, event_type, headers, signature, received_at from events_raw order by id`,
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(['scripted', 'pull-requests', null, null, '2026-09-14T12:00:00.000Z']);
});

test('an identity names its person and carries the rest as JSON', async () => {
  const [row] = await queryTuples<[string, string, string, string]>(
    store.read,
    sql`select i.external_type, i.external_id, p.display_name, i.metadata from identities i
        join people p on p.id = i.user_id`,
  );
  expect(row?.slice(0, 3)).toEqual(['scripted', 'ada@example.com', 'ada']);
  expect(JSON.parse(row?.[3] ?? '')).toMatchObject({
    name: 'ada',
    email_verified: false,
    kind: 'human',
    method: 'own_account',
    confidence: 1,
  });
});
