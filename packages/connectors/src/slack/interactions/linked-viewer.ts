import type { Viewer } from '@adjutant/core/domain';
import type { Desk } from './desk.ts';
import { accountOf, type SlackActor } from './request-form.ts';

/** Whose account pressed or sent something, and how far that is known. */
export type KnownActor =
  | { known: 'nobody' }
  /** By rules alone: enough to show them what they may see, and for nothing else. */
  | { known: 'mapped' | 'linked'; viewer: Extract<Viewer, { kind: 'person' }> };

/**
 * Returns whom an account stands for. Rules find out whose account it is, and rules move no rights:
 * what changes an action takes an account that a passkey linked, as a decision does.
 */
export async function knownActor(
  { adjutant, workspaceId }: Desk,
  actor: SlackActor,
): Promise<KnownActor> {
  const approvers = adjutant.approvers(workspaceId);
  const viewer = await approvers.viewerOf(accountOf(actor));
  if (viewer === null) return { known: 'nobody' };
  const isLinked = (await approvers.listLinks()).some(
    (link) =>
      link.counts &&
      link.accountSource === 'slack' &&
      link.accountExternalId === actor.externalId &&
      link.personId === viewer.personId,
  );
  return { known: isLinked ? 'linked' : 'mapped', viewer };
}

export const notLinked =
  'Your account is not linked, so nothing is changed in your name. Link it on the page of "adjutant serve", signed with your passkey.';
