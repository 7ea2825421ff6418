import type { JobHandler, JobRunner } from '../jobs/job-runner.ts';
import type { ActionDeps } from './action-deps.ts';
import { executeAction } from './execute-action.ts';
import { actionJobKinds } from './hint-worker.ts';
import { prepareAction } from './prepare-action.ts';
import { reconcileAction } from './reconcile-action.ts';
import { sweepActions } from './sweep-actions.ts';

/** Moves actions on: by jobs where there is a runner, and by looking at the rows in any case. */
export interface ActionWorker {
  /** Does whatever is due now, once. @returns how many actions it looked at */
  sweep(signal?: AbortSignal): Promise<number>;
}

/** Returns the worker of actions, after telling the runner how its jobs are done. */
export function createActionWorker(
  deps: ActionDeps,
  options: { runner?: Pick<JobRunner, 'handle'> | null } = {},
): ActionWorker {
  const { runner = null } = options;
  const handler =
    (move: (deps: ActionDeps, id: string) => Promise<unknown>): JobHandler =>
    async ({ subjectId }) => {
      await move(deps, subjectId);
      return undefined;
    };
  runner?.handle(actionJobKinds.prepare, handler(prepareAction));
  runner?.handle(actionJobKinds.execute, handler(executeAction));
  runner?.handle(actionJobKinds.reconcile, handler(reconcileAction));
  return { sweep: (signal) => sweepActions(deps, signal === undefined ? {} : { signal }) };
}
