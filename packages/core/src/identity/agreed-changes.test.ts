import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { type IdentityChange, identityChangeSchema } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { mergePeople, splitPerson, undoIdentityChange } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import { readLentAccounts } from './lent-accounts.ts';
import { markBot } from './mark-bot.ts';
import type { IdentityProof } from './presence.ts';
import { type AuthorityWorld, openAuthorityWorld } from './testing/authority-world.ts';
import { admin, codeOf } from './testing/carry-operation.ts';
import { lead, leadMoves, verasAccount } from './testing/lead-moves.ts';

const workspaceId = 'default';
const { accounts, identityChanges, people, personAccounts } = tables;
const address = 'vera@acme.example';

type Make = (context: ReadContext, proof?: IdentityProof) => Promise<IdentityChange>;

/** How each kind of change of ordinary people comes about; a kind without an entry does not compile. */
const ways = {
  merge: {
    'a merge': (context, proof) => mergePeople(context, 'vera', 'mallory', proof),
    async 'a confirmation of the last account'(context, proof) {
      await splitPerson(context, 'vera', [verasAccount]);
      return confirmAccount(context, verasAccount, 'mallory', proof);
    },
  },
  split: {
    'a split': (context, proof) => splitPerson(context, 'vera', [verasAccount], proof),
    'a confirmation': (context, proof) => confirmAccount(context, verasAccount, 'mallory', proof),
  },
  bot: {
    'a bot mark': (context, proof) => markBot(context, 'vera', [verasAccount], proof),
    'a bot mark of all': (context, proof) => markBot(context, 'vera', undefined, proof),
  },
} satisfies Record<IdentityChange['kind'], Record<string, Make>>;

const cells = Object.entries(ways).flatMap(([kind, some]) =>
  Object.entries<Make>(some).map(([way, make]) => [way, kind, make] as const),
);

test.each(cells)(
  '%s that an administrator made with presence is undone by nobody else',
  async (_, kind, make) => {
    const authority = await open();
    const change = await make(authority.context(admin), vouchedProof(admin));
    expect(change.kind).toBe(kind);
    const before = await standing(authority);
    for (const viewer of [lead, admin]) {
      const tried = undoIdentityChange(authority.context(viewer), change.id);
      expect(await codeOf(tried)).toBe('Permission');
    }
    expect(await standing(authority)).toEqual(before);
    await undoIdentityChange(authority.context(admin), change.id, vouchedProof(admin));
    expect(await signsIn(authority)).toBe(change.fromPersonId === 'vera' ? 'vera' : null);
  },
);

test.each(cells)('%s that a lead made of ordinary people a lead undoes', async (_, kind, make) => {
  const authority = await open();
  const change = await make(authority.context(lead));
  expect(change.kind).toBe(kind);
  expect(await signsIn(authority)).toBeNull();
  await undoIdentityChange(authority.context(lead), change.id);
  expect(await signsIn(authority)).toBe(change.fromPersonId === 'vera' ? 'vera' : null);
});

test('every kind of change is among them', () => {
  expect(Object.keys(ways).toSorted()).toEqual(identityChangeSchema.shape.kind.options.toSorted());
});

/** Everything by which an administrator says whose an account is that a lead gave to Mallory. */
const decisions: Readonly<Record<string, Make>> = {
  'confirms it where it stands': (context, proof) =>
    confirmAccount(context, verasAccount, 'mallory', proof),
  'gives it to another': (context, proof) => confirmAccount(context, verasAccount, 'pat', proof),
  'merges whoever has it into another': (context, proof) =>
    mergePeople(context, 'mallory', 'pat', proof),
  'makes it a person of its own': (context, proof) =>
    splitPerson(context, 'mallory', [verasAccount], proof),
};

test.each(
  Object.entries(leadMoves).flatMap(([move, byLead]) =>
    Object.entries(decisions).map(
      ([decision, decide]) => [move, decision, byLead, decide] as const,
    ),
  ),
)('an account that came by %s is whose it is once an administrator %s', async (...cell) => {
  const [, , byLead, decide] = cell;
  const authority = await open();
  const { approvers } = authority.world;
  const asAdmin = authority.context(admin);
  const proof = vouchedProof(admin);
  await byLead(authority);
  expect(await lentWith(authority)).toEqual({ holder: 'mallory', all: true, one: true });
  expect(await signsIn(authority)).toBeNull();
  const change = await decide(asAdmin, proof);
  const holder = change.toPersonId;
  expect(await lentWith(authority)).toEqual({ holder, all: false, one: false });
  expect(await signsIn(authority)).toBe(holder);
  // What is undone decides nothing.
  await undoIdentityChange(asAdmin, change.id, proof);
  expect(await lentWith(authority)).toEqual({ holder: 'mallory', all: true, one: true });
  const again = await decide(asAdmin, proof);
  // A lead moves it on for figures only, and taking that back is not more than it was.
  const later = await mergePeople(authority.context(lead), again.toPersonId, 'quinn');
  expect(await lentWith(authority)).toEqual({ holder: 'quinn', all: true, one: true });
  await undoIdentityChange(authority.context(lead), later.id);
  expect(await lentWith(authority)).toMatchObject({ all: false, one: false });
  // No earlier change of a lead goes round the decision.
  for (const { id } of await changesBefore(authority, again.id)) {
    const tried = undoIdentityChange(authority.context(lead), id);
    expect(await codeOf(tried)).toBe('Conflict');
  }
  expect(await signsIn(authority)).toBe(again.toPersonId);
  const account = { accountSource: 'forge', accountExternalId: 'vera' };
  expect(await approvers.grant(admin, account)).toMatchObject({ personId: again.toPersonId });
});

test.each(Object.entries(leadMoves))(
  'an account that came by %s stays lent whatever an administrator decides of other accounts',
  async (_, byLead) => {
    const authority = await open();
    const asAdmin = authority.context(admin);
    const proof = vouchedProof(admin);
    await byLead(authority);
    await mergePeople(asAdmin, 'pat', 'mallory', proof);
    const other = { source: 'forge', externalId: 'mallory-2' };
    await splitPerson(asAdmin, 'mallory', [other], proof);
    await confirmAccount(asAdmin, other, 'mallory', proof);
    expect(await lentWith(authority)).toEqual({ holder: 'mallory', all: true, one: true });
  },
);

test('changes of one account are undone from the last to the first, so no order makes more of it', async () => {
  const authority = await open();
  const { store } = authority.world;
  // It stands with Mallory because of what somebody wrote into a file.
  await store.transaction(async (transaction) => {
    await transaction
      .update(personAccounts)
      .set({ personId: 'mallory', method: 'explicit_mapping' })
      .where(eq(personAccounts.accountExternalId, 'vera'));
  });
  const context = authority.context(lead);
  const both = [verasAccount, { source: 'forge', externalId: 'mallory-2' }];
  const first = await splitPerson(context, 'mallory', both);
  const second = await confirmAccount(context, verasAccount, 'mallory');
  const third = await confirmAccount(context, verasAccount, first.toPersonId);
  for (const { id } of [first, second, third]) {
    await codeOf(undoIdentityChange(context, id));
    expect(await signsIn(authority)).toBeNull();
  }
  for (const { id } of [second, first]) await undoIdentityChange(context, id);
  expect(await lentWith(authority)).toEqual({ holder: 'mallory', all: true, one: true });
});

async function open(): Promise<AuthorityWorld> {
  const authority = await openAuthorityWorld(['vera', 'mallory', 'otto', 'lena', 'pat', 'quinn']);
  const { store } = authority.world;
  onTestFinished(() => store.close());
  await store.transaction(async (transaction) => {
    await transaction
      .update(accounts)
      .set({ email: address, emailVerified: true })
      .where(eq(accounts.externalId, 'vera'));
  });
  return authority;
}

/** Who signs in by the address of Vera's account. */
function signsIn({ world: { approvers } }: AuthorityWorld): Promise<string | null> {
  return approvers.personOfAddress(address);
}

/** Whose Vera's account is, and whether it is lent: asked of everybody at once, and of them alone. */
async function lentWith({ world: { store } }: AuthorityWorld) {
  const [link] = await store.read
    .select({ holder: personAccounts.personId })
    .from(personAccounts)
    .where(eq(personAccounts.accountExternalId, 'vera'));
  const holder = link?.holder ?? '';
  const all = await readLentAccounts(store.read, workspaceId);
  const one = await readLentAccounts(store.read, workspaceId, holder);
  return { holder, all: all.has('forge\nvera'), one: one.has('forge\nvera') };
}

async function changesBefore({ world: { store } }: AuthorityWorld, id: string) {
  const rows = await store.read.select().from(identityChanges).orderBy(identityChanges.id);
  const earlier = rows.slice(
    0,
    rows.findIndex((row) => row.id === id),
  );
  return earlier.filter(({ undoneAt }) => undoneAt === null).toReversed();
}

async function standing({ world: { store } }: AuthorityWorld): Promise<unknown> {
  return [
    await store.read.select().from(people),
    await store.read.select().from(personAccounts),
    await store.read.select().from(accounts),
    await store.read.select().from(identityChanges),
  ];
}
