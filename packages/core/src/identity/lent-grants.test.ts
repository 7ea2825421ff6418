import { expect, onTestFinished, test } from 'vitest';
import { vouchedProof } from '../testing/vouching-host.ts';
import { mergePeople } from './change-identity.ts';
import { type AuthorityWorld, openAuthorityWorld } from './testing/authority-world.ts';
import { leadMoves } from './testing/lead-moves.ts';

const account = { accountSource: 'forge', accountExternalId: 'vera' };

async function open(): Promise<AuthorityWorld> {
  const world = await openAuthorityWorld(['vera', 'mallory', 'otto', 'lena']);
  onTestFinished(() => world.world.store.close());
  return world;
}

test.each(Object.entries(leadMoves))(
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
