import { z } from 'zod';
import { type ActionStatus, terminalStatuses } from '../domain.ts';
import { parseInput } from '../parse-input.ts';
import { findAction } from './action-rows.ts';
import type { Actions } from './handle.ts';
import { type ActionScope, noSuchAction } from './action-scope.ts';

/** A row that nobody changes is looked at this often. */
const pollMs = 250;

const awaitSchema = z.object({
  maxWaitMs: z.number().nonnegative(),
  until: z.enum(['prepared', 'decided', 'settled']).optional(),
});

/**
 * Waits until an action is prepared, decided or settled, or the time is over. It only looks at the row, so a
 * restart of either side loses nothing. @throws AdjutantError `NotFound`, or the signal's reason
 */
export async function awaitAction(
  { deps, workspaceId }: ActionScope,
  actionId: string,
  options: Parameters<Actions['await']>[1],
): Promise<void> {
  const { maxWaitMs, until = 'decided' } = parseInput(awaitSchema, options);
  const { signal } = options;
  const endsAt = deps.clock.now() + maxWaitMs;
  for (;;) {
    signal?.throwIfAborted();
    const action = await findAction(deps.store.read, actionId, workspaceId);
    if (action === null) throw noSuchAction(actionId);
    const leftMs = endsAt - deps.clock.now();
    if (isReached(action.status, until) || leftMs <= 0) return;
    await deps.clock.sleep(Math.min(pollMs, leftMs), signal);
  }
}

function isReached(status: ActionStatus, until: 'prepared' | 'decided' | 'settled'): boolean {
  if (terminalStatuses.has(status) || status === 'needs_human') return true;
  if (status === 'preparing') return false;
  return until === 'prepared' || (until === 'decided' && status !== 'pending');
}
