import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { outsideName } from '../outside-name.ts';
import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';

/** One workspace, seen by one viewer. */
export interface ActionScope {
  deps: ActionDeps;
  workspaceId: string;
  viewer: Viewer;
  /** For whom the system proposes, where it does so for somebody. */
  sponsorPersonId?: string;
}

/** Returns the error for an id of no action in this workspace. */
export function noSuchAction(actionId: string): AdjutantError {
  return new AdjutantError('NotFound', `There is no action ${outsideName(actionId)}.`, {
    hint: 'List the actions to see their ids.',
  });
}

/** How a viewer stands to an action. */
export interface Standing {
  label: string;
  /** Null for assistants and the system, whatever they claim. */
  personId: string | null;
  isRequester: boolean;
  isSponsor: boolean;
  mayDecide: boolean;
  isAdmin: boolean;
}

/** Returns how the viewer stands to an action, asked in the transaction of the change. */
export async function standingTo(
  transaction: Database,
  { deps, workspaceId, viewer }: ActionScope,
  action: ActionRow,
): Promise<Standing> {
  const label = viewerLabel(viewer);
  const isRequester = action.requester === label;
  if (viewer.kind !== 'person') {
    const nobody = { isSponsor: false, mayDecide: false, isAdmin: false };
    return { label, personId: null, isRequester, ...nobody };
  }
  // Rights are asked of the very person who is signed in: a rule that joins two people, such as a
  // mapping in a repository, must not hand over what somebody was granted.
  const { personId } = viewer;
  const mayDecide = await deps.rights.mayDecide(transaction, {
    workspaceId,
    personId,
    type: action.type,
    escalationLevel: action.escalationLevel,
  });
  const isAdmin = viewer.role === 'admin';
  return {
    label,
    personId,
    isRequester,
    isSponsor: action.sponsorPersonId === personId,
    mayDecide,
    isAdmin,
  };
}
