import type { ActionDeps } from '../actions/action-deps.ts';
import type { ActionScope } from '../actions/action-scope.ts';
import type { WorkspaceActions } from '../actions/assistant-actions.ts';
import { createActions } from '../actions/create-actions.ts';
import type { Actions } from '../actions/handle.ts';
import { noteElicitedAnswer } from '../actions/note-elicited-answer.ts';
import { readAction } from '../actions/read-action.ts';
import type { Viewer } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ActionHost } from './action-host.ts';

/** Returns the actions of a workspace, whose engine is made with the first call. */
export function lazyActions(
  host: ActionHost,
  workspaceId: string,
  viewer: Viewer,
): WorkspaceActions {
  const scopeOf = (deps: ActionDeps): ActionScope => ({ deps, workspaceId, viewer });
  const scope = async (): Promise<ActionScope> => scopeOf(await host.ready(workspaceId));
  /** What lets an action go on asks the policy, and a broken one refuses. */
  const judged = async (): Promise<Actions> => createActions(await scope());
  /** Stopping, taking back and declining must work above all when the policy is broken. */
  const plain = async (): Promise<Actions> => createActions(scopeOf(await host.withoutPolicy()));
  /** So must looking, which otherwise is when a policy that waits is noticed. */
  const looked = async (): Promise<Actions> => {
    const deps = await host.ready(workspaceId).catch((error: unknown) => {
      if (AdjutantError.isInstance(error) && error.code === 'Configuration') {
        return host.withoutPolicy();
      }
      throw error;
    });
    return createActions(scopeOf(deps));
  };
  return {
    propose: async (input) => (await judged()).propose(input),
    modify: async (input) => (await judged()).modify(input),
    resume: async (stopped) => (await judged()).resume(stopped),
    decide: async (input) =>
      input.verdict === 'decline' ? (await plain()).decide(input) : (await judged()).decide(input),
    get: async (actionId) => (await looked()).get(actionId),
    list: async (query) => (await looked()).list(query),
    await: async (actionId, options) => (await looked()).await(actionId, options),
    withdraw: async (actionId, reason) => (await plain()).withdraw(actionId, reason),
    resolve: async (actionId, verdict, reason) =>
      (await plain()).resolve(actionId, verdict, reason),
    stop: async (stopped, reason) => (await plain()).stop(stopped, reason),
    stops: async () => (await plain()).stops(),
    types: async () => (await plain()).types(),
    worker: () => host.worker(workspaceId),
    statistics: (window) => host.statistics(workspaceId, window),
    async noteElicitedAnswer(answer) {
      const from = await scope();
      const row = await noteElicitedAnswer(from, answer);
      return readAction(from, row.id);
    },
  };
}
