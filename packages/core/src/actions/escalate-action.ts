import type { ActionStatus } from '../domain.ts';
import type { ActionDeps } from './action-deps.ts';
import { changeAction, findRecord } from './action-rows.ts';
import { askPolicy } from './ask-policy.ts';
import { recordTransition } from './record-transition.ts';
import { parseJsonObject, readPreview } from './stored-preview.ts';

/** Widens the circle of people who may decide. It never approves. @returns where the action stands */
export async function escalateAction(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  return deps.store.transaction(async (transaction) => {
    const record = await findRecord(transaction, id);
    if (record === null) return null;
    const { action, revision } = record;
    const at = deps.clock.now();
    const isDue = action.nextEscalationAt !== null && action.nextEscalationAt <= at;
    if (action.status !== 'pending' || !isDue) return action.status;
    const level = action.escalationLevel + 1;
    const definition = deps.definitions.get(action.type);
    const preview = readPreview(revision.preview);
    let nextEscalationAt: number | null = null;
    if (definition !== undefined && preview !== null) {
      const { verdict } = await askPolicy(transaction, deps, {
        action,
        definition,
        target: { source: action.targetSource ?? '', ref: action.targetRef ?? '' },
        payload: parseJsonObject(revision.payload),
        preview,
      });
      const fraction = verdict.escalateAt[level];
      const expiresAt = action.expiresAt ?? at;
      if (fraction !== undefined) {
        nextEscalationAt = Math.round(expiresAt - (1 - fraction) * verdict.pendingTtlMs);
      }
    }
    const guard = { status: 'pending', revision: action.revision } as const;
    const change = { escalationLevel: level, nextEscalationAt, updatedAt: at };
    if ((await changeAction(transaction, action, guard, change)) === null) return action.status;
    await recordTransition(transaction, action, {
      event: 'action.escalated',
      at,
      actor: 'system',
      detail: { revision: action.revision, level },
    });
    return 'pending';
  });
}
