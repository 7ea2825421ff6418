import { and, eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { planChange } from './carry-out.ts';
import type { Viewer } from '../domain.ts';
import { tables } from '../store/tables.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { mergePeople, undoIdentityChange } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import type { IdentityOperation } from './identity-operation.ts';
import { readLentAccounts } from './lent-accounts.ts';
import type { AccountKey, DeclaredPerson } from './resolve-accounts.ts';
import { resolveIdentities } from './resolve-identities.ts';
import { openAuthorityWorld } from './testing/authority-world.ts';
import { admin } from './testing/carry-operation.ts';
import { lead } from './testing/lead-moves.ts';

const workspaceId = 'default';
const { accounts, identityMappings, personAccounts } = tables;

type World = Awaited<ReturnType<typeof open>>;

const yans = [at('board', 'yan'), at('git', 'yan@mail')];
const declared = [{ name: 'Yan', accounts: yans }];
const quinns = at('board', 'quinn');
const malsLater = at('forge', '77');

/** How Mal's account comes to stand with Yan, without an administrator who was there. */
const joins: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  async 'a merge'(world) {
    return mergePeople(
      world.as(lead),
      await world.holder(at('chat', 'mal')),
      await world.holder(yans[0]),
    );
  },
  async 'a confirmation'(world) {
    return confirmAccount(world.as(lead), at('chat', 'mal'), await world.holder(yans[0]));
  },
  async 'the configuration'(world) {
    await world.sync([{ name: 'Yan', accounts: [...yans, at('chat', 'mal')] }]);
  },
  async 'a third, whom vendors take for Yan'(world) {
    const [yan, zed] = [await world.holder(yans[0]), await world.holder(at('pager', 'zed'))];
    await mergePeople(world.as(lead), await world.holder(at('chat', 'mal')), zed);
    // Both were decided on, so that the one with the first account stays.
    await confirmAccount(world.as(lead), at('pager', 'misc'), yan);
    await world.vouch(at('pager', 'zed'));
    await world.sync(declared);
  },
};

/** What an administrator who is there says of Yan then, of which nothing is Mal's. */
const decisions: Readonly<Record<string, (world: World) => Promise<IdentityOperation>>> = {
  'that an account of theirs is theirs': async (world) => ({
    ...{ kind: 'confirm', account: at('git', 'yan@mail') },
    personId: await world.holder(yans[0]),
  }),
  'that an account of another one is theirs': async (world) => ({
    ...{ kind: 'confirm', account: quinns },
    personId: await world.holder(yans[0]),
  }),
  'that another one is them': async (world) => ({
    ...{ kind: 'merge', fromPersonId: await world.holder(quinns) },
    toPersonId: await world.holder(yans[0]),
  }),
};

const cells = Object.entries(joins).flatMap(([how, join]) =>
  Object.entries(decisions).map(([what, decide]) => [how, what, join, decide] as const),
);

test.each(cells)(
  'what comes to somebody because of %s stays lent once an administrator says %s',
  async (_, what, join, decide) => {
    const world = await open();
    const { approvers } = world.approverWorld;
    await join(world);
    const yan = await world.holder(yans[0]);
    expect(await world.holder(at('chat', 'mal'))).toBe(yan);
    await world.add(malsLater, { email: 'mal@x.org', emailVerified: true, vendorId: 'forge:77' });
    await world.sync(declared);
    expect(await world.holder(malsLater)).toBe(yan);
    await world.decide(await decide(world));
    expect(await world.holder(malsLater)).toBe(yan);
    const lent = await readLentAccounts(world.read, workspaceId);
    expect([...lent]).toEqual(expect.arrayContaining(['chat\nmal', 'forge\n77']));
    expect(lent).toEqual(
      new Set([
        ...(await readLentAccounts(world.read, workspaceId, yan)),
        ...(await readLentAccounts(world.read, workspaceId, await world.holder(quinns))),
      ]),
    );
    expect(await approvers.personOfAddress('mal@x.org')).toBeNull();
    const named = { accountSource: 'forge', accountExternalId: '77' };
    await expect(approvers.grant(admin, named)).rejects.toMatchObject({ code: 'Conflict' });
    // What the administrator said holds.
    const address = what === 'that an account of theirs is theirs' ? 'yan@x.org' : 'quinn@x.org';
    const personId = await approvers.personOfAddress(address);
    expect(personId).toBe(yan);
    const vouched = { personId: yan, issuer: 'https://id.example', subject: address };
    const { session } = await approvers.openVouchedSession(vouched);
    expect(session.viewer.personId).toBe(yan);
  },
);

test.each(Object.entries(decisions))(
  'what came because of a merge that was undone stays lent once an administrator says %s',
  async (_, decide) => {
    const world = await open();
    const yan = await world.holder(yans[0]);
    const merge = await mergePeople(world.as(lead), await world.holder(at('chat', 'mal')), yan);
    await world.add(malsLater, { email: 'mal@x.org', emailVerified: true, vendorId: 'forge:77' });
    await world.sync(declared);
    await undoIdentityChange(world.as(lead), merge.id);
    await world.sync(declared);
    expect(await world.holder(malsLater)).toBe(yan);
    await world.decide(await decide(world));
    for (const of of [undefined, yan]) {
      expect([...(await readLentAccounts(world.read, workspaceId, of))]).toContain('forge\n77');
    }
    expect(await world.approverWorld.approvers.personOfAddress('mal@x.org')).not.toBe(yan);
  },
);

test.each(Object.entries(decisions))(
  'where hearsay alone holds an account, an administrator who says %s sees what else is confirmed',
  async (_, decide) => {
    const world = await open();
    const yan = await world.holder(yans[0]);
    const before = await planChange(world.as(admin), await decide(world));
    const claim = at('git', '77+mal@claims.example');
    await world.add(claim, { vendorId: 'forge:77' });
    await world.map(claim, at('git', 'yan@mail'));
    await world.add(malsLater, { email: 'late@x.org', emailVerified: true, vendorId: 'forge:77' });
    await world.sync(declared);
    expect(await world.holder(malsLater)).toBe(yan);
    const plan = await planChange(world.as(admin), await decide(world));
    expect(plan.digest).not.toBe(before.digest);
    expect(plan.moves).toContainEqual({ ...malsLater, fromPersonId: yan, toPersonId: yan });
    await world.decide(await decide(world));
  },
);

test('what vendors alone join stays one’s own, also where it comes late', async () => {
  const world = await open();
  const ada = { email: 'ada@x.org', emailVerified: true };
  await world.add(at('board', 'ada'), ada);
  await world.add(at('chat', 'ada'), ada);
  await world.add(at('pager', 'ada'), { email: 'ada@x.org' });
  await world.sync(declared);
  await world.vouch(at('pager', 'ada'));
  await world.sync(declared);
  await world.add(at('forge', '5'), { ...ada, vendorId: 'forge:5' });
  await world.sync(declared);
  const holder = await world.holder(at('board', 'ada'));
  const lent = await readLentAccounts(world.read, workspaceId, holder);
  // The one that was a person of its own was moved, and is not a reason to doubt the others.
  expect([...lent]).toEqual(['pager\nada']);
  expect(await world.holder(at('forge', '5'))).toBe(holder);
});

async function open() {
  const authority = await openAuthorityWorld(['lena']);
  const approverWorld = authority.world;
  const { store, clock } = approverWorld;
  onTestFinished(() => store.close());
  const add = async (key: AccountKey, fields: Partial<typeof accounts.$inferInsert> = {}) => {
    await store.transaction(async (transaction) => {
      await transaction.insert(accounts).values({
        ...{ id: `${key.source}:${key.externalId}`, workspaceId, ...key, login: null },
        ...{ name: key.externalId, email: null, emailVerified: false, vendorId: null },
        ...{ timeZone: null, kind: 'human', isBot: false, ...fields },
      });
    });
  };
  const sync = (declaredPeople: readonly DeclaredPerson[]) =>
    resolveIdentities({ store, workspaceId, clock, declaredPeople, reach: () => undefined });
  const links = () => store.read.select().from(personAccounts);
  const as = (viewer: Viewer) => authority.context(viewer);
  const world = {
    ...{ approverWorld, add, sync, as, read: store.read },
    async holder(key: AccountKey | undefined): Promise<string> {
      const found = (await links()).find(
        (link) => link.accountSource === key?.source && link.accountExternalId === key.externalId,
      );
      return found?.personId ?? '';
    },
    /** Its vendor vouches for its address from now on. */
    async vouch({ source, externalId }: AccountKey): Promise<void> {
      await store.transaction(async (transaction) => {
        await transaction
          .update(accounts)
          .set({ emailVerified: true })
          .where(and(eq(accounts.source, source), eq(accounts.externalId, externalId)));
      });
    },
    async map(from: AccountKey, to: AccountKey): Promise<void> {
      await store.transaction(async (transaction) => {
        await transaction.insert(identityMappings).values({
          ...{ workspaceId, source: from.source, fromExternalId: from.externalId },
          ...{ toExternalId: to.externalId, method: 'explicit_mapping', displayName: null },
        });
      });
    },
    /** Carries out what an administrator who is there agreed to: nothing is confirmed that the plan lacks. */
    async decide(operation: IdentityOperation): Promise<void> {
      const asAdmin = as(admin);
      const proof = vouchedProof(admin);
      const { moves } = await planChange(asAdmin, operation);
      const before = await links();
      if (operation.kind === 'confirm') {
        await confirmAccount(asAdmin, operation.account, operation.personId, proof);
      } else if (operation.kind === 'merge') {
        await mergePeople(asAdmin, operation.fromPersonId, operation.toPersonId, proof);
      }
      const planned = moves.map(({ source, externalId }) => `${source}\n${externalId}`);
      for (const link of await links()) {
        if (before.some((one) => JSON.stringify(one) === JSON.stringify(link))) continue;
        expect(planned).toContain(`${link.accountSource}\n${link.accountExternalId}`);
      }
    },
  };
  await add(at('board', 'yan'), { email: 'yan@x.org', emailVerified: true });
  await add(at('git', 'yan@mail'), { email: 'yan@mail' });
  await add(at('chat', 'mal'), { email: 'mal@x.org', emailVerified: true });
  await add(quinns, { email: 'quinn@x.org', emailVerified: true });
  await add(at('pager', 'zed'), { email: 'yan@x.org' });
  await add(at('pager', 'misc'));
  await sync(declared);
  return world;
}

function at(source: string, externalId: string): AccountKey {
  return { source, externalId };
}
