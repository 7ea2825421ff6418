import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';
import type { ActionContext } from './define-action.ts';

/** Returns what a handler is handed, with a signal that ends its work in time. */
export function handlerContext(
  deps: ActionDeps,
  action: Pick<ActionRow, 'workspaceId'>,
  timeoutMs: number = deps.timing.attemptTimeoutMs,
): ActionContext {
  return {
    workspaceId: action.workspaceId,
    clock: deps.clock,
    logger: deps.logger,
    fetch: deps.fetch,
    signal: deps.deadline(timeoutMs),
  };
}
