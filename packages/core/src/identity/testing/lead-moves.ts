import type { Viewer } from '../../domain.ts';
import { mergePeople, splitPerson } from '../change-identity.ts';
import { confirmAccount } from '../confirm-account.ts';
import type { AuthorityWorld } from './authority-world.ts';

export const lead: Viewer = { kind: 'person', personId: 'lena', role: 'lead' };
export const verasAccount = { source: 'forge', externalId: 'vera' };

/** Each way in which Vera's account comes to stand with Mallory without an administrator who was there. */
export const leadMoves: Readonly<Record<string, (world: AuthorityWorld) => Promise<unknown>>> = {
  merge: (world) => mergePeople(world.context(lead), 'vera', 'mallory'),
  confirm: (world) => confirmAccount(world.context(lead), verasAccount, 'mallory'),
  async 'merge by way of a third'(world) {
    await mergePeople(world.context(lead), 'vera', 'otto');
    await mergePeople(world.context(lead), 'otto', 'mallory');
  },
  async 'split and merge'(world) {
    const { toPersonId } = await splitPerson(world.context(lead), 'vera', [verasAccount]);
    await mergePeople(world.context(lead), toPersonId, 'mallory');
  },
};
