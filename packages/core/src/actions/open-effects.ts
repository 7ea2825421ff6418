import type { ActionDeps } from './action-deps.ts';
import type { ActionRecord } from './action-rows.ts';
import { progressOf } from './progress.ts';

/** Returns whether something was done, or may have been. Without the handler any attempt counts. */
export function hasOpenEffects(deps: ActionDeps, record: ActionRecord): boolean {
  if (record.attempts.length === 0) return false;
  const definition = deps.definitions.get(record.action.type);
  return definition === undefined || progressOf(record, definition).isOpen;
}
