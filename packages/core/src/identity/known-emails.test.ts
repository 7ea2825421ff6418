import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account, IdentityMapping } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import { tables } from '../store/tables.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import { readKnownEmails } from './known-emails.ts';

const account = (source: string, externalId: string, fields: Partial<Account> = {}): Account => ({
  source,
  externalId,
  login: null,
  name: null,
  email: null,
  emailVerified: true,
  vendorId: null,
  kind: 'human',
  isBot: false,
  ...fields,
});

/** Syncs accounts of a chat and of a tracker that hides addresses. */
async function start(chat: Account[], tracker: Account[], found: IdentityMapping[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-known-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'store.db');
  const connector = (id: string, rows: object) =>
    createRowsConnector({ id, records: () => ({ all: rows }) });
  const adjutant = await createAdjutant({
    store: path,
    clock: createFakeClock(),
    connectors: [
      connector('chat', { accounts: chat }),
      connector('tracker', { accounts: tracker, identityMappings: found }),
    ],
  });
  onTestFinished(async () => await adjutant.close());
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  const store = await openStore(path);
  onTestFinished(async () => await store.close());
  const offered = () => readKnownEmails(store, handle.workspaceId, 'tracker');
  return { handle, store, offered };
}

const hidden = account('tracker', 't1', { emailVerified: false });
const found: IdentityMapping = {
  source: 'tracker',
  fromExternalId: 't1',
  toExternalId: 'ada@x.org',
  displayName: null,
  method: 'looked_up_email',
};

test('what others vouch for and nobody here shows is offered, in order and once', async () => {
  const { offered } = await start(
    [
      account('chat', 'c1', { email: 'Bo@x.org' }),
      account('chat', 'c2', { email: 'ada@x.org' }),
      account('chat', 'c3', { email: 'shown@x.org' }),
      account('chat', 'c4', { email: 'typed@x.org', emailVerified: false }),
      account('chat', 'c5', { email: 'bot@x.org', kind: 'service_bot', isBot: true }),
      account('chat', 'c6', { email: 'ADA@x.org' }),
    ],
    [hidden, account('tracker', 't2', { email: 'Shown@x.org', emailVerified: false })],
  );
  expect(await offered()).toEqual(['ada@x.org', 'bo@x.org']);
});

test('no address of somebody who has an account here already', async () => {
  const { handle, offered } = await start(
    [account('chat', 'c1', { email: 'ada@x.org', name: 'Ada' })],
    [{ ...hidden, name: 'Hidden' }],
  );
  expect(await offered()).toEqual(['ada@x.org']);
  const { items } = await handle.findPeople();
  const idOf = (name: string) => items.find(({ displayName }) => displayName === name)?.id ?? '';
  await handle.mergePeople(idOf('Hidden'), idOf('Ada'));
  expect(await offered()).toEqual([]);
});

test('none that was found before, also when somebody has parted the two', async () => {
  const { handle, offered } = await start(
    [account('chat', 'c1', { email: 'ada@x.org' })],
    [hidden],
    [found],
  );
  const [person] = (await handle.findPeople()).items;
  expect(person?.accounts.map(({ method }) => method)).toEqual([
    'looked_up_email',
    'looked_up_email',
  ]);
  await handle.splitPerson(person?.id ?? '', [{ source: 'tracker', externalId: 't1' }]);
  expect((await handle.findPeople()).total).toBe(2);
  expect(await offered()).toEqual([]);
});

test('a found address across roles is a question, and never merged with others at once', async () => {
  const { handle, store } = await start(
    [account('chat', 'c1', { email: 'ada@x.org' })],
    [hidden],
    [found],
  );
  const [person] = (await handle.findPeople()).items;
  const change = await handle.splitPerson(person?.id ?? '', [
    { source: 'tracker', externalId: 't1' },
  ]);
  const { people, identityChanges } = tables;
  await store.transaction(async (transaction) => {
    await transaction.update(people).set({ role: 'lead' }).where(eq(people.id, change.toPersonId));
    await transaction.delete(identityChanges);
  });
  expect(await handle.identitySuggestions()).toMatchObject([
    { reason: 'looked_up_email', rolesDiffer: true, confidence: 0.9 },
  ]);
  expect(await handle.identityReview.mergeable({ above: 0.5 })).toEqual([]);
});
