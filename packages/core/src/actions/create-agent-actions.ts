import type { ActionScope } from './action-scope.ts';
import type { AssistantActions, WorkerState } from './assistant-actions.ts';
import { awaitAction } from './await-action.ts';
import { decideAction } from './decide-action.ts';
import type { Actions } from './handle.ts';
import { AdjutantError } from '../errors.ts';
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

/**
 * Returns the same with what an assistant's client may pass on: whether a worker runs, and the answer
 * of its sponsor to a form, which counts where policy says `ask` and nowhere else.
 */
export function createAssistantActions(
  scope: ActionScope,
  worker: () => Promise<WorkerState>,
): AssistantActions {
  const { viewer } = scope;
  return {
    ...createAgentActions(scope),
    worker,
    async noteElicitedAnswer({ client, ...decision }) {
      if (viewer.kind !== 'agent') {
        throw new AdjutantError(
          'Permission',
          'Only the client of an assistant passes answers on.',
          {
            hint: 'Decide as the person that you are.',
          },
        );
      }
      const personId = viewer.sponsorPersonId;
      const sponsor = { ...scope, viewer: { kind: 'person', personId, role: 'member' } } as const;
      const proof = { kind: 'elicitation', client: client.slice(0, 200) } as const;
      const { id } = await decideAction(sponsor, { ...decision, proof });
      return readAction(scope, id);
    },
  };
}
