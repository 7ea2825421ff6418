import type { Database } from '../store/database.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';

/** The kinds of job that a worker of actions handles. */
export const actionJobKinds = {
  prepare: 'action.prepare',
  execute: 'action.execute',
  reconcile: 'action.reconcile',
} as const;
export type ActionWork = keyof typeof actionJobKinds;

/** Tells the worker what is to be done and when, in the transaction that makes it so. Only a hint. */
export async function hintWorker(
  transaction: Database,
  deps: ActionDeps,
  action: Pick<ActionRow, 'id' | 'workspaceId'>,
  work: ActionWork,
  runAt?: number,
): Promise<void> {
  const kind = actionJobKinds[work];
  await deps.jobs?.enqueue(transaction, {
    workspaceId: action.workspaceId,
    kind,
    subjectId: action.id,
    dedupeKey: `${kind}:${action.id}`,
    ...(runAt === undefined ? {} : { runAt }),
  });
}
