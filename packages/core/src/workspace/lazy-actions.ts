import type { ActionScope } from '../actions/action-scope.ts';
import type { WorkspaceActions } from '../actions/assistant-actions.ts';
import { createActions } from '../actions/create-actions.ts';
import type { Actions } from '../actions/handle.ts';
import { noteElicitedAnswer } from '../actions/note-elicited-answer.ts';
import { readAction } from '../actions/read-action.ts';
import type { Viewer } from '../domain.ts';
import type { ActionHost } from './action-host.ts';

/** Returns the actions of a workspace, whose engine is made with the first call. */
export function lazyActions(
  host: ActionHost,
  workspaceId: string,
  viewer: Viewer,
): WorkspaceActions {
  const scope = async (): Promise<ActionScope> => ({
    deps: await host.ready(workspaceId),
    workspaceId,
    viewer,
  });
  const actions = async (): Promise<Actions> => createActions(await scope());
  return {
    propose: async (input) => (await actions()).propose(input),
    get: async (actionId) => (await actions()).get(actionId),
    list: async (query) => (await actions()).list(query),
    await: async (actionId, options) => (await actions()).await(actionId, options),
    withdraw: async (actionId, reason) => (await actions()).withdraw(actionId, reason),
    decide: async (input) => (await actions()).decide(input),
    modify: async (input) => (await actions()).modify(input),
    resolve: async (actionId, verdict, reason) =>
      (await actions()).resolve(actionId, verdict, reason),
    stop: async (stopped, reason) => (await actions()).stop(stopped, reason),
    resume: async (stopped) => (await actions()).resume(stopped),
    worker: () => host.worker(workspaceId),
    async noteElicitedAnswer(answer) {
      const from = await scope();
      const row = await noteElicitedAnswer(from, answer);
      return readAction(from, row.id);
    },
  };
}
