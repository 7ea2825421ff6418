import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ne } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account, IdentityMapping } from '../domain.ts';
import { tables } from '../store/tables.ts';
import { openStore } from '../store/open-store.ts';
import type { DomainRows } from '../sync/domain-rows.ts';
import { canonicalDump } from '../testing/canonical-dump.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';
import type { DeclaredPerson } from './resolve-accounts.ts';

const clock = createFakeClock(Date.UTC(2026, 8, 8));
const account = (externalId: string, fields: Partial<Account> = {}): Account => ({
  source: 'clone',
  externalId,
  login: null,
  name: externalId.split('@')[0] ?? externalId,
  email: externalId,
  emailVerified: false,
  vendorId: null,
  kind: 'human',
  isBot: false,
  ...fields,
});
const mapping = (from: string, to: string, displayName: string | null = null): IdentityMapping => ({
  source: 'clone',
  fromExternalId: `${from}@x.org`,
  toExternalId: `${to}@x.org`,
  displayName,
  method: 'explicit_mapping',
});
const letters = ['ada', 'bo', 'cy', 'di'];
const everybody = letters.map((name) => account(`${name}@x.org`));

let folder: string;
let rows: DomainRows;
let adjutant: Adjutant;
let handle: WorkspaceHandle;
const storePath = () => join(folder, 'store.db');
const open = async (people: DeclaredPerson[] = []) => {
  adjutant = await createAdjutant({
    store: storePath(),
    clock,
    people,
    connectors: [createRowsConnector({ id: 'clone', records: () => ({ all: rows }) })],
  });
  handle = adjutant.workspace().as(await adjutant.owner());
};
const syncWith = async (mappings: IdentityMapping[], accounts = everybody) => {
  rows = { accounts, identityMappings: mappings };
  await adjutant.sync();
};
/** Everybody's name, accounts and rules: what a fresh store and a late mapping must agree on. */
const known = async (from = handle) =>
  (await from.findPeople({ limit: 200 })).items.map(
    ({ displayName, accounts }) =>
      `${displayName}: ${accounts.map(({ externalId, method, confidence }) => `${externalId} ${method} ${confidence}`).join(', ')}`,
  );
const personOf = async (name: string): Promise<string> => {
  const [found] = (await handle.findPeople({ text: `${name}@x.org` })).items;
  return found?.id ?? '';
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-late-'));
  await open();
  await syncWith([]);
});
afterEach(async () => {
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a store knows that had everything from the first sync on. */
async function freshly(declared: DeclaredPerson[] = []): Promise<string[]> {
  const fresh = await createAdjutant({
    store: ':memory:',
    clock,
    people: declared,
    connectors: [createRowsConnector({ id: 'clone', records: () => ({ all: rows }) })],
  });
  await fresh.sync();
  const found = await known(fresh.workspace().as(await fresh.owner()));
  await fresh.close();
  return found;
}

describe('a mapping that comes late', () => {
  test('joins people who were two, as it would have from the start', async () => {
    await syncWith([mapping('bo', 'ada', 'Ada Example')]);
    expect((await handle.findPeople()).total).toBe(3);
    expect(await known()).toEqual(await freshly());
    expect(await known()).toContain(
      'Ada Example: ada@x.org explicit_mapping 1, bo@x.org explicit_mapping 1',
    );
  });

  test('of the configuration does the same', async () => {
    await adjutant.close();
    const declared = [
      {
        name: 'Cyd',
        accounts: ['di@x.org', 'cy@x.org'].map((externalId) => ({ source: 'clone', externalId })),
      },
    ];
    await open(declared);
    await adjutant.sync();
    expect((await handle.findPeople()).total).toBe(3);
    expect(await known()).toEqual(await freshly(declared));
  });

  test('is recorded, and a second sync changes nothing', async () => {
    await syncWith([mapping('bo', 'ada')]);
    expect(await handle.identityChanges()).toMatchObject([
      {
        kind: 'merge',
        actor: 'rule:explicit_mapping',
        isAutomatic: true,
        fromName: 'bo',
        toName: 'ada',
        accounts: [['clone', 'bo@x.org']],
        undoneAt: null,
      },
    ]);
    const before = await canonicalDump(storePath());
    await adjutant.sync();
    expect(await canonicalDump(storePath())).toBe(before);
    expect(await handle.identityChanges()).toHaveLength(1);
  });

  test('joins nobody again whom somebody took back, however often it is read or renewed', async () => {
    const before = await known();
    await syncWith([mapping('bo', 'ada')]);
    const [change] = await handle.identityChanges();
    await handle.undoIdentityChange(change?.id ?? '');
    expect(await known()).toEqual(before);
    await adjutant.sync();
    await syncWith([]);
    await syncWith([mapping('bo', 'ada'), mapping('cy', 'ada')]);
    // By way of a third person neither.
    await syncWith([mapping('bo', 'di'), mapping('cy', 'ada'), mapping('di', 'ada')]);
    const people = (await handle.findPeople()).items;
    const ada = people.find(({ accounts }) =>
      accounts.some((one) => one.externalId === 'ada@x.org'),
    );
    expect(ada?.accounts.map(({ externalId }) => externalId)).not.toContain('bo@x.org');
    expect(people).toHaveLength(2);
  });

  test('joins nobody whom somebody split, and whoever comes later goes to one of the two', async () => {
    await syncWith([mapping('bo', 'ada')]);
    await handle.splitPerson(await personOf('ada'), [{ source: 'clone', externalId: 'bo@x.org' }]);
    await syncWith(
      [mapping('bo', 'ada'), mapping('eve', 'ada')],
      [...everybody, account('eve@x.org')],
    );
    expect((await handle.findPeople()).total).toBe(4);
    expect(await personOf('eve')).toBe(await personOf('ada'));
    expect(await personOf('bo')).not.toBe(await personOf('ada'));
  });

  test('follows a person who joins the two after all', async () => {
    await syncWith([mapping('bo', 'ada')]);
    const [change] = await handle.identityChanges();
    await handle.undoIdentityChange(change?.id ?? '');
    await handle.mergePeople(await personOf('bo'), await personOf('ada'));
    await adjutant.sync();
    expect((await handle.findPeople()).total).toBe(3);
  });

  test('moves no right: people of different roles stay two', async () => {
    const store = await openStore(storePath());
    const bo = await personOf('bo');
    await store.transaction(async (transaction) => {
      await transaction.update(tables.people).set({ role: 'lead' });
      await transaction
        .update(tables.people)
        .set({ role: 'member' })
        .where(ne(tables.people.id, bo));
    });
    await store.close();
    await syncWith([mapping('bo', 'ada'), mapping('cy', 'di')]);
    const people = (await handle.findPeople()).items;
    expect(people.map(({ role, accounts }) => [role, accounts.length]).toSorted()).toEqual([
      ['lead', 1],
      ['member', 1],
      ['member', 2],
    ]);
    expect(await handle.identitySuggestions()).toMatchObject([{ reason: 'written_mapping' }]);
  });
});

test('whatever the order of arrival, the outcome is that of a fresh store', async () => {
  const accounts = [
    ...everybody,
    account('7+ada@noreply.example', { vendorId: 'forge:7', email: null }),
    account('7+ada-new@noreply.example', { vendorId: 'forge:7', email: null }),
    account('7', { vendorId: 'forge:7', email: null, name: 'Ada' }),
    account('8', { vendorId: 'forge:8', email: 'x@x.org', emailVerified: true }),
    account('u8', { email: 'X@x.org', emailVerified: true }),
  ];
  const mappings = [
    { ...mapping('ada', 'x'), toExternalId: '7+ada@noreply.example' },
    mapping('bo', 'cy', 'Cy Example'),
    { ...mapping('di', 'x'), toExternalId: 'u8' },
  ];
  await adjutant.close();
  for (let seed = 1; seed <= 12; seed += 1) {
    let state = seed * 7919;
    const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const turns = new Map([...accounts, ...mappings].map((row) => [row, Math.floor(next() * 4)]));
    rmSync(storePath(), { force: true });
    await open();
    for (const turn of [0, 1, 2, 3]) {
      await syncWith(
        mappings.filter((row) => (turns.get(row) ?? 0) <= turn),
        accounts.filter((row) => (turns.get(row) ?? 0) <= turn),
      );
    }
    expect([seed, ...(await known())]).toEqual([seed, ...(await freshly())]);
    await adjutant.close();
  }
  await open();
});
