import type { ActionStatus } from '../domain.ts';
import type { ActionDeps } from './action-deps.ts';
import { type ActionRecord, findRecord } from './action-rows.ts';
import { applyBarrier } from './apply-barrier.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { readStoredPayload } from './outgoing-payload.ts';

/** Returns whether the handler still takes what was approved: an update may have come in between. */
export function takesPayload(
  definition: AnyActionDefinition,
  { revision }: Pick<ActionRecord, 'revision'>,
): boolean {
  try {
    readStoredPayload(definition, revision.payload);
    return true;
  } catch {
    return false;
  }
}

/** Ends an approved action that its handler no longer takes. @returns where it stands */
export async function endOutdated(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  return deps.store.transaction(async (transaction) => {
    const record = await findRecord(transaction, id);
    if (record === null) return null;
    if (record.action.status !== 'approved') return record.action.status;
    // What was sent under the handler before it can be judged by a person alone.
    const isOpen = record.attempts.some(({ kind }) => kind !== 'probe');
    const barrier = { kind: 'fail', reason: 'payload_outdated' } as const;
    return applyBarrier(transaction, deps, record, { barrier, isOpen });
  });
}
