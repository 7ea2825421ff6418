import type { Viewer } from '../../domain.ts';
import { AdjutantError } from '../../errors.ts';
import { mergePeople, splitPerson, undoIdentityChange } from '../change-identity.ts';
import { confirmAccount } from '../confirm-account.ts';
import type { IdentityOperation } from '../identity-operation.ts';
import { markBot } from '../mark-bot.ts';
import type { IdentityProof } from '../presence.ts';
import { setRole } from '../set-role.ts';
import type { AuthorityWorld } from './authority-world.ts';

export const admin: Viewer = { kind: 'person', personId: 'owner:default', role: 'admin' };

/** Asks for a change as somebody, with a proof of their presence or without. */
export function carry(
  world: AuthorityWorld,
  operation: IdentityOperation,
  viewer: Viewer,
  proof?: IdentityProof,
): Promise<unknown> {
  const context = world.context(viewer);
  switch (operation.kind) {
    case 'merge':
      return mergePeople(context, operation.fromPersonId, operation.toPersonId, proof);
    case 'confirm':
      return confirmAccount(context, operation.account, operation.personId, proof);
    case 'split':
      return splitPerson(context, operation.personId, operation.accounts, proof);
    case 'mark_bot':
      return markBot(context, operation.personId, operation.accounts, proof);
    case 'undo':
      return undoIdentityChange(context, operation.changeId, proof);
    default:
      return setRole(context, operation.personId, operation.role, proof);
  }
}

/** Returns the id of a change that was made; empty for what is no change of accounts. */
export function idOf(change: unknown): string {
  return typeof change === 'object' && change !== null && 'id' in change ? String(change.id) : '';
}

/** Returns `made`, or why it was refused. */
export function codeOf(tried: Promise<unknown>): Promise<string> {
  return tried.then(
    () => 'made',
    (error: unknown) => {
      if (AdjutantError.isInstance(error)) return error.code;
      throw error;
    },
  );
}

/** Lets through what refuses somebody, and nothing that is a mistake of ours. */
export function onlyRefusals(error: unknown): null {
  if (AdjutantError.isInstance(error)) return null;
  throw error;
}
