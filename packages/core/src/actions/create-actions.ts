import type { ActionScope } from './action-scope.ts';
import { createAgentActions } from './create-agent-actions.ts';
import { decideAction } from './decide-action.ts';
import type { Actions } from './handle.ts';
import { listStops, resumeActions, stopActions } from './kill-switch.ts';
import { listActionTypes } from './list-action-types.ts';
import { modifyAction } from './modify-action.ts';
import { readAction } from './read-action.ts';
import { resolveAction } from './resolve-action.ts';

/** Returns everything about actions in one workspace, for one viewer. */
export function createActions(scope: ActionScope): Actions {
  const read = (row: { id: string }) => readAction(scope, row.id);
  return {
    ...createAgentActions(scope),
    decide: async (input) => read(await decideAction(scope, input)),
    modify: async (input) => read(await modifyAction(scope, input)),
    resolve: async (actionId, verdict, reason) =>
      read(await resolveAction(scope, actionId, { verdict, reason })),
    stop: (stopped, reason) => stopActions(scope, stopped, reason),
    resume: (stopped) => resumeActions(scope, stopped),
    stops: () => listStops(scope),
    types: async () => listActionTypes(scope.deps),
  };
}
