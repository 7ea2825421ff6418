import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { upsertRows } from '../store/bulk-write.ts';
import { domainTargets } from '../store/domain-targets.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { buildPullRequest, buildPullRequestEvent } from '../testing/row-builders.ts';
import { getWork } from './get-work.ts';
import { listWork } from './list-work.ts';
import type { ReadContext } from './read-context.ts';

let store: Store;
let context: ReadContext;

function unused(): never {
  throw new Error('no read of work computes a metric');
}

function events(pullRequestExternalId: string, count: number) {
  return Array.from({ length: count }, (_, position) =>
    buildPullRequestEvent({
      externalId: `${pullRequestExternalId} event ${position}`,
      pullRequestExternalId,
      at: 1_780_000_000_000 + position,
    }),
  );
}

const rawTarget = {
  table: tables.rawRecords,
  key: ['source', 'scopeExternalId', 'stream', 'externalId'],
};

function rawRecord(externalId: string, scopeExternalId = 'acme/widgets') {
  return {
    source: 'example',
    stream: 'things',
    scopeExternalId,
    externalId,
    contentHash: '',
    payload: '{}',
    fetchedAt: 1_780_000_000_000,
    headers: null,
    signature: null,
    deliveryNumber: null,
  };
}

async function rawRecordOf(title: string): Promise<string | null> {
  const { rawRecordId } = await detailOf(title);
  const rows = await store.read
    .select({ id: tables.rawRecords.id, externalId: tables.rawRecords.externalId })
    .from(tables.rawRecords);
  return rows.find(({ id }) => id === rawRecordId)?.externalId ?? null;
}

async function detailOf(title: string) {
  const { items } = await listWork(context, {});
  return getWork(context, items.find((item) => item.title === title)?.id ?? '');
}

beforeAll(async () => {
  store = await openStore(':memory:');
  context = {
    store,
    workspaceId: 'default',
    viewer: { kind: 'system' },
    teamId: null,
    clock: systemClock,
    metrics: { pullRequestFacts: { version: 1, compute: unused }, metrics: [] },
    settings: { activeStatuses: null, timeZone: 'UTC' },
  };
  await store.transaction(async (transaction) => {
    await upsertRows(transaction, domainTargets.pullRequests, 'default', [
      buildPullRequest({ externalId: 'long', title: 'long' }),
      buildPullRequest({ externalId: 'whole', title: 'whole' }),
      buildPullRequest({ externalId: 'z own', title: 'of its own', mergeSha: 'a sha' }),
      buildPullRequest({ externalId: 'merge', title: 'of its merge', mergeSha: 'b sha' }),
      buildPullRequest({ externalId: 'open', title: 'of nothing', mergeSha: null }),
    ]);
    await upsertRows(transaction, rawTarget, 'default', [
      rawRecord('z own'),
      rawRecord('a sha'),
      rawRecord('b sha'),
      rawRecord('open', 'acme/other'),
    ]);
    await upsertRows(transaction, domainTargets.pullRequestEvents, 'default', [
      ...events('long', 201),
      ...events('whole', 200),
    ]);
  });
});
afterAll(() => store.close());

test('a list of events that is cut says so', async () => {
  const { events: shown, meta } = await detailOf('long');
  expect(shown).toHaveLength(200);
  expect(shown[0]?.at).toBe(1_780_000_000_000);
  expect(meta.gaps).toMatchObject([
    { code: 'truncated', message: expect.stringContaining('200 events'), affectedCount: null },
  ]);
});

test('a list of events that is whole has no gap', async () => {
  const { events: shown, meta } = await detailOf('whole');
  expect(shown).toHaveLength(200);
  expect(meta.gaps).toEqual([]);
});

test('work is traced to its own record, else to that of its commit', async () => {
  expect(await rawRecordOf('of its own')).toBe('z own');
  expect(await rawRecordOf('of its merge')).toBe('b sha');
  expect(await rawRecordOf('of nothing')).toBeNull();
});
