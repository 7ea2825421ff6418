import type { ActionScope } from './action-scope.ts';
import { awaitAction } from './await-action.ts';
import type { Actions } from './handle.ts';
import { proposeAction } from './propose-action.ts';
import { listActions, readAction } from './read-action.ts';
import { withdrawAction } from './withdraw-action.ts';

/** What an assistant is given: nothing that decides, changes, settles or stops. */
export type AgentActions = Pick<Actions, 'propose' | 'get' | 'list' | 'await' | 'withdraw'>;

/** Returns only what an assistant may do: the rest is not there, whatever it asks for. */
export function createAgentActions(scope: ActionScope): AgentActions {
  const read = (row: { id: string }) => readAction(scope, row.id);
  return {
    propose: async (input) => read(await proposeAction(scope, input)),
    get: (actionId) => readAction(scope, actionId),
    list: (query) => listActions(scope, query),
    async await(actionId, options) {
      await awaitAction(scope, actionId, options);
      return readAction(scope, actionId);
    },
    withdraw: async (actionId, reason) => read(await withdrawAction(scope, actionId, reason)),
  };
}
