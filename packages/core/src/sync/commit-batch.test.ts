import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import {
  buildDeployment,
  buildPullRequest,
  buildPullRequestEvent,
} from '../testing/row-builders.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import {
  createScriptedConnector,
  type ScriptedPayload,
  scriptedBatches,
} from '../testing/scripted-connector.ts';

const payloads: ScriptedPayload[] = Array.from({ length: 1_000 }, (_, position) => ({
  number: position + 1,
  title: `Change ${position + 1}`,
  author: `person-${position}@example.com`,
  mergedAt: 1_780_000_000_000 + position * 3_600_000,
}));

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  path = join(folder, 'store.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function stored(table: string): Promise<number> {
  const store = await openStore(path);
  const [row] = await queryTuples<[number]>(
    store.read,
    sql`select count(*) from ${sql.identifier(table)}`,
  );
  await store.close();
  return row?.[0] ?? Number.NaN;
}

// A full disk makes SQLite undo the whole transaction by itself; ABORT leaves that to the writer.
test.for(['abort', 'rollback'])(
  'a row that the store refuses (%s) leaves nothing of its batch',
  async (kind) => {
    const store = await openStore(path);
    await store.transaction((transaction) =>
      runStatement(
        transaction,
        sql.raw(`create trigger refused before insert on pull_requests
        when new.title = 'Change 300' begin select raise(${kind}, 'refused'); end`),
      ),
    );
    await store.close();
    const adjutant = await createAdjutant({
      store: path,
      connectors: [createScriptedConnector(scriptedBatches(payloads, 1_000))],
      clock: createFakeClock(),
    });
    const summary = await adjutant.sync();
    await adjutant.close();
    expect(summary.streams[0]).toMatchObject({ outcome: 'failed', records: 0 });
    for (const table of ['raw_records', 'accounts', 'commits', 'pull_requests']) {
      expect([table, await stored(table)]).toEqual([table, 0]);
    }
  },
);

test('a deployment that comes again with a review marks nothing, with a changed pull request it does', async () => {
  const told = async (): Promise<number> => stored('told');
  const sync = async (reviews: number, title: string): Promise<void> => {
    const rows = {
      pullRequests: [buildPullRequest({ source: 'forge', title })],
      pullRequestEvents: Array.from({ length: reviews }, (_, place) =>
        buildPullRequestEvent({ source: 'forge', externalId: `review ${place}` }),
      ),
      deployments: [buildDeployment({ source: 'forge' })],
    };
    const adjutant = await createAdjutant({
      store: path,
      connectors: [createRowsConnector({ id: 'forge', records: () => ({ all: rows }) })],
      clock: createFakeClock(),
    });
    await adjutant.sync();
    await adjutant.close();
  };
  await sync(1, 'Before');
  const store = await openStore(path);
  await store.transaction(async (transaction) => {
    await runStatement(transaction, sql`create table told (id text)`);
    await runStatement(
      transaction,
      sql`create trigger tells after insert on dirty_subjects when new.kind = 'delivery'
        begin insert into told values (new.external_id); end`,
    );
  });
  await store.close();
  await sync(2, 'Before');
  expect(await told()).toBe(0);
  await sync(2, 'After');
  expect(await told()).toBe(1);
});
