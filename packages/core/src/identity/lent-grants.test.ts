import { expect, onTestFinished, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { mergePeople, splitPerson } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import { type AuthorityWorld, openAuthorityWorld } from './testing/authority-world.ts';

const lead: Viewer = { kind: 'person', personId: 'lena', role: 'lead' };
const account = { accountSource: 'forge', accountExternalId: 'vera' };
const key = { source: 'forge', externalId: 'vera' };

/** Each way in which Vera's account comes to stand with Mallory without an administrator who was there. */
const moves: Readonly<Record<string, (world: AuthorityWorld) => Promise<unknown>>> = {
  merge: (world) => mergePeople(world.context(lead), 'vera', 'mallory'),
  confirm: (world) => confirmAccount(world.context(lead), key, 'mallory'),
  async 'merge by way of a third'(world) {
    await mergePeople(world.context(lead), 'vera', 'otto');
    await mergePeople(world.context(lead), 'otto', 'mallory');
  },
  async 'split and merge'(world) {
    const { toPersonId } = await splitPerson(world.context(lead), 'vera', [key]);
    await mergePeople(world.context(lead), toPersonId, 'mallory');
  },
};

async function open(): Promise<AuthorityWorld> {
  const world = await openAuthorityWorld(['vera', 'mallory', 'otto', 'lena']);
  onTestFinished(() => world.world.store.close());
  return world;
}

test.each(Object.entries(moves))(
  'an account that came by %s brings nobody the right that is given to it later',
  async (_, move) => {
    const authority = await open();
    const { approvers, admin } = authority.world;
    await move(authority);
    await expect(approvers.grant(admin, account)).rejects.toMatchObject({ code: 'Conflict' });
    expect(await approvers.list()).not.toContainEqual(expect.objectContaining(account));
    // By her own id an administrator says whom they mean.
    const named = { accountSource: 'adjutant', accountExternalId: 'mallory' };
    expect(await approvers.grant(admin, named)).toMatchObject({ personId: 'mallory' });
  },
);

test('one that an administrator who was there moved is the other person’s', async () => {
  const authority = await open();
  const { approvers, admin } = authority.world;
  const proof = vouchedProof(admin);
  await approvers.grant(admin, { accountSource: 'forge', accountExternalId: 'mallory' });
  await mergePeople(authority.context(admin), 'vera', 'mallory', proof);
  expect(await approvers.grant(admin, account)).toMatchObject({ personId: 'mallory' });
});
