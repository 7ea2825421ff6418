import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

let adjutant: Adjutant;
let handle: WorkspaceHandle;

beforeEach(async () => {
  adjutant = await createAdjutant({
    store: ':memory:',
    clock: createFakeClock(),
    connectors: [
      createRowsConnector({
        id: 'chat',
        records: () => ({ all: { accounts: ['ada', 'bo', 'cy'].map(accountOf) } }),
      }),
    ],
  });
  await adjutant.sync();
  handle = adjutant.workspace().as(await adjutant.owner());
});
afterEach(() => adjutant.close());

function accountOf(externalId: string): Account {
  return {
    source: 'chat',
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: `chat:${externalId}`,
    kind: 'human',
    isBot: false,
  };
}

const review = () => handle.identityReview;

async function whose(): Promise<Record<string, string[]>> {
  const { items } = await handle.findPeople();
  return Object.fromEntries(
    items.map(({ displayName, accounts }) => [
      displayName,
      accounts.map(({ externalId, method }) => `${externalId} ${method}`),
    ]),
  );
}

async function idOf(name: string): Promise<string> {
  const { items } = await handle.findPeople();
  return items.find(({ displayName }) => displayName === name)?.id ?? '';
}

test('the last account of somebody goes with them, and comes back whole', async () => {
  const before = await whose();
  const change = await review().confirmAccount(
    { source: 'chat', externalId: 'bo' },
    await idOf('ada'),
  );
  expect(change.kind).toBe('merge');
  expect(await whose()).toEqual({
    ada: ['ada own_account', 'bo confirmed'],
    cy: ['cy own_account'],
  });
  await adjutant.sync();
  expect(Object.keys(await whose())).toEqual(['ada', 'cy']);
  await handle.undoIdentityChange(change.id);
  expect(await whose()).toEqual(before);
});

test('one of several leaves the others where they are', async () => {
  await handle.mergePeople(await idOf('bo'), await idOf('ada'));
  const change = await review().confirmAccount(
    { source: 'chat', externalId: 'bo' },
    await idOf('cy'),
  );
  expect(change.kind).toBe('split');
  expect(await whose()).toEqual({
    ada: ['ada own_account'],
    cy: ['bo confirmed', 'cy own_account'],
  });
  await handle.undoIdentityChange(change.id);
  expect(await whose()).toEqual({
    ada: ['ada own_account', 'bo confirmed'],
    cy: ['cy own_account'],
  });
});

test('what is no account, nobody, or theirs already is refused and changes nothing', async () => {
  const before = await whose();
  const [ada, bo] = [await idOf('ada'), await idOf('bo')];
  const account = { source: 'chat', externalId: 'ada' };
  await expect(review().confirmAccount(account, ada)).rejects.toMatchObject({ code: 'Conflict' });
  await expect(review().confirmAccount(account, 'nobody')).rejects.toMatchObject({
    code: 'NotFound',
  });
  await expect(
    review().confirmAccount({ source: 'mail', externalId: 'ada' }, bo),
  ).rejects.toMatchObject({ code: 'NotFound' });
  expect(await whose()).toEqual(before);
});

test('it is not for members or assistants to say', async () => {
  const [ada, bo] = [await idOf('ada'), await idOf('bo')];
  for (const viewer of [
    { kind: 'agent', name: 'assistant', sponsorPersonId: 'owner:default' },
    { kind: 'person', personId: ada, role: 'member' },
  ] as const) {
    const asked = adjutant.workspace().as(viewer).identityReview;
    await expect(
      asked.confirmAccount({ source: 'chat', externalId: 'ada' }, bo),
    ).rejects.toMatchObject({
      code: 'Permission',
    });
  }
});
