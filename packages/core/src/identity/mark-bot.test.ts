import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

const account = (externalId: string, extra: Partial<Account> = {}): Account => ({
  source: 'chat',
  externalId,
  login: externalId,
  name: externalId,
  email: null,
  emailVerified: false,
  vendorId: null,
  kind: 'human',
  isBot: false,
  ...extra,
});

let adjutant: Adjutant;
let handle: WorkspaceHandle;
let told: Record<string, { accounts: Account[] }>;

beforeEach(async () => {
  told = { one: { accounts: [account('ada'), account('robot')] } };
  adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(Date.UTC(2026, 10, 2)),
    connectors: [createRowsConnector({ id: 'chat', records: () => told })],
  });
  await adjutant.sync();
  handle = adjutant.workspace().as(await adjutant.owner());
});
afterEach(() => adjutant.close());

const names = async (): Promise<string[]> =>
  (await handle.findPeople()).items.map(({ displayName }) => displayName);
const idOf = async (name: string): Promise<string> =>
  (await handle.findPeople()).items.find(({ displayName }) => displayName === name)?.id ?? '';

test('an account that somebody called a bot leaves the people and is counted as one', async () => {
  const change = await handle.identityReview.markBot(await idOf('robot'));
  expect(change).toMatchObject({ kind: 'bot', accounts: [['chat', 'robot']], undoneAt: null });
  expect(await names()).toEqual(['ada']);
  expect((await handle.overview()).people).toMatchObject({ humans: 1, serviceBots: 1 });
});

test('its source cannot make a person of it again, neither by reading nor by other words', async () => {
  await handle.identityReview.markBot(await idOf('robot'));
  await adjutant.sync();
  await adjutant.renormalise();
  told = { one: { accounts: [account('ada'), account('robot', { name: 'Robbie' })] } };
  await adjutant.sync({ mode: 'census' });
  expect(await names()).toEqual(['ada']);
  expect((await handle.overview()).people.serviceBots).toBe(1);
});

test('a source that says bot of its own accord is still believed when it says otherwise', async () => {
  told = { one: { accounts: [account('ada', { kind: 'service_bot', isBot: true })] } };
  await adjutant.sync({ mode: 'census' });
  expect((await handle.overview()).people.serviceBots).toBe(1);
  told = { one: { accounts: [account('ada')] } };
  await adjutant.sync({ mode: 'census' });
  expect((await handle.overview()).people.serviceBots).toBe(0);
});

test('it is undone whole, and the ledger tells of both', async () => {
  const { id } = await handle.identityReview.markBot(await idOf('robot'));
  await handle.undoIdentityChange(id);
  expect(await names()).toEqual(['ada', 'robot']);
  expect((await handle.overview()).people).toMatchObject({ humans: 2, serviceBots: 0 });
  const { items } = await handle.audit.list({ subject: id });
  expect(items.map(({ event }) => event)).toEqual(['people.change_undone', 'people.marked_bot']);
  await adjutant.sync();
  expect(await names()).toEqual(['ada', 'robot']);
});

test('some accounts of a person may be a bot, and the person keeps the others', async () => {
  await handle.mergePeople(await idOf('robot'), await idOf('ada'));
  await handle.identityReview.markBot(await idOf('ada'), [{ source: 'chat', externalId: 'robot' }]);
  const { items } = await handle.findPeople();
  expect(items.map(({ accounts }) => accounts.map(({ login }) => login))).toEqual([['ada']]);
});

test('is not for assistants or members to say, and not of nobody', async () => {
  const id = await idOf('robot');
  const member = adjutant.workspace().as({ kind: 'person', personId: id, role: 'member' });
  await expect(member.identityReview.markBot(id)).rejects.toMatchObject({ code: 'Permission' });
  await expect(handle.identityReview.markBot('nobody')).rejects.toMatchObject({ code: 'NotFound' });
  await expect(
    handle.identityReview.markBot(id, [{ source: 'chat', externalId: 'ada' }]),
  ).rejects.toMatchObject({ code: 'NotFound' });
});
