import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ApproverContext } from './approver-context.ts';
import { authenticatorSubject } from './authenticator-history.ts';
import {
  grantConfirmed,
  isGrantConfirmed,
  isPasskeyConfirmed,
  passkeyConfirmed,
} from './confirmed.ts';
import { confirmPerson, listUnconfirmedPeople } from './confirm-people.ts';
import { listApprovers, requireAdministrator } from './grants.ts';
import type { Unconfirmed } from './handle.ts';
import { grantSubject } from './record-grant.ts';
import { listPasskeys } from './revoke-authenticator.ts';

/** Returns what a restored store brought with it and nobody has confirmed. */
export async function listUnconfirmed(context: ApproverContext): Promise<Unconfirmed> {
  const { store, workspaceId } = context;
  const passkeys = [];
  for (const passkey of await listPasskeys(context)) {
    const { authenticatorId: id } = passkey;
    if (!(await isPasskeyConfirmed(store.read, workspaceId, id))) passkeys.push(passkey);
  }
  const grants = [];
  for (const grant of await listApprovers(context)) {
    if (!(await isGrantConfirmed(store.read, workspaceId, grant))) grants.push(grant);
  }
  return { passkeys, grants, people: await listUnconfirmedPeople(store.read, workspaceId) };
}

/**
 * Lets passkeys, rights and accounts that a restored store brought with it count again.
 * @throws AdjutantError `Permission` unless an administrator asks, `NotFound` for what does not wait for it
 */
export async function confirmApprovers(
  context: ApproverContext,
  viewer: Viewer,
  wanted: {
    authenticatorIds: readonly string[];
    grantIds: readonly string[];
    personIds?: readonly string[];
  },
): Promise<void> {
  requireAdministrator(viewer);
  const { store, workspaceId, clock } = context;
  const { passkeys, grants, people } = await listUnconfirmed(context);
  const persons = (wanted.personIds ?? []).map((id) => {
    const person = people.find(({ personId }) => personId === id);
    if (person === undefined) throw nothingToConfirm(id);
    return person;
  });
  const told = [
    ...wanted.authenticatorIds.map((id) => {
      const passkey = passkeys.find(({ authenticatorId }) => authenticatorId === id);
      if (passkey === undefined) throw nothingToConfirm(id);
      const { personId, fingerprint } = passkey;
      return {
        event: passkeyConfirmed,
        subject: authenticatorSubject,
        detail: { authenticatorId: id, personId, fingerprint },
      };
    }),
    ...wanted.grantIds.map((id) => {
      const grant = grants.find((one) => one.id === id);
      if (grant === undefined) throw nothingToConfirm(id);
      const { personId, scope } = grant;
      return { event: grantConfirmed, subject: grantSubject(id), detail: { personId, scope } };
    }),
  ];
  await store.transaction(async (transaction) => {
    for (const entry of told) {
      await appendAuditEntry(transaction, {
        ...entry,
        workspaceId,
        at: clock.now(),
        actor: viewerLabel(viewer),
      });
    }
    for (const person of persons) await confirmPerson(transaction, context, { viewer, person });
  });
}

function nothingToConfirm(id: string): AdjutantError {
  return new AdjutantError('NotFound', `Nothing waits to be confirmed as "${id.slice(0, 80)}".`, {
    hint: 'adjutant approvers confirm lists what does.',
  });
}
