import { and, asc, eq, inArray, isNull, lte, or, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';
import { escalateAction } from './escalate-action.ts';
import { executeAction } from './execute-action.ts';
import { expireAction } from './expire-action.ts';
import { expireLease } from './expire-lease.ts';
import { prepareAction } from './prepare-action.ts';
import { reconcileAction } from './reconcile-action.ts';

const { actions } = tables;

/** Rows that are looked at in one pass; the next pass takes the rest. */
const mostPerSweep = 200;

/** What an action waits for a worker to do. */
export type DueWork = 'prepare' | 'execute' | 'reconcile' | 'expire' | 'escalate' | 'expire_lease';

export interface DueAction {
  id: string;
  workspaceId: string;
  work: DueWork;
}

/**
 * Does whatever is due, in every workspace, without asking any job: a job that was lost or doubled
 * changes nothing. @returns how many actions it looked at
 */
export async function sweepActions(
  deps: ActionDeps,
  options: { signal?: AbortSignal } = {},
): Promise<number> {
  // Looked at often, so that a leap is seen soon after it.
  deps.leaps.sinceLeapMs();
  const due = await findDueActions(deps.store.read, {
    now: deps.clock.now(),
    types: [...deps.definitions.keys()],
  });
  let done = 0;
  for (const { id, work } of due) {
    if (options.signal?.aborted === true) break;
    try {
      await runDueWork(deps, id, work);
    } catch (error) {
      // One action's trouble is not another's: it stays due.
      const name = error instanceof Error ? error.name : 'unknown';
      deps.logger.log('error', 'an action could not be moved on', { id, work, error: name });
    }
    done += 1;
  }
  return done;
}

/**
 * Returns the actions for which something is due, those longest unchanged first. What is stopped, or
 * has no handler here, is left out, so that it does not stand in the way of others.
 */
export async function findDueActions(
  database: Database,
  { now, types }: { now: number; types: readonly string[] },
): Promise<DueAction[]> {
  const over = (column: SQLWrapper) => sql`${column} <= ${now}`;
  const free = or(isNull(actions.notBefore), lte(actions.notBefore, now));
  const handled = inArray(actions.type, [...types]);
  const running = sql`not exists (select 1 from kill_switches k where
    k.workspace_id = ${actions.workspaceId} and k.scope in ('*', ${actions.type}))`;
  const rows = await database
    .select()
    .from(actions)
    .where(
      or(
        and(eq(actions.status, 'preparing'), or(over(actions.expiresAt), and(handled, free))),
        and(
          eq(actions.status, 'pending'),
          or(over(actions.expiresAt), over(actions.nextEscalationAt)),
        ),
        and(
          eq(actions.status, 'approved'),
          or(over(actions.executeBy), and(handled, free, running)),
        ),
        and(inArray(actions.status, ['executing', 'reconciling']), over(actions.leaseExpiresAt)),
        and(eq(actions.status, 'unknown'), handled, free),
      ),
    )
    .orderBy(asc(actions.updatedAt), asc(actions.id))
    .limit(mostPerSweep);
  return rows.flatMap((row) => {
    const work = dueWork(row, now);
    return work === null ? [] : [{ id: row.id, workspaceId: row.workspaceId, work }];
  });
}

function dueWork(row: ActionRow, now: number): DueWork | null {
  const isOver = (deadline: number | null): boolean => deadline !== null && deadline <= now;
  const waits = (row.notBefore ?? 0) > now;
  switch (row.status) {
    case 'preparing':
      return isOver(row.expiresAt) ? 'expire' : waits ? null : 'prepare';
    case 'pending':
      return isOver(row.expiresAt) ? 'expire' : isOver(row.nextEscalationAt) ? 'escalate' : null;
    case 'approved':
      return isOver(row.executeBy) ? 'expire' : waits ? null : 'execute';
    case 'executing':
    case 'reconciling':
      return isOver(row.leaseExpiresAt) ? 'expire_lease' : null;
    case 'unknown':
      return waits ? null : 'reconcile';
    default:
      return null;
  }
}

async function runDueWork(deps: ActionDeps, id: string, work: DueWork): Promise<void> {
  const run = {
    prepare: prepareAction,
    execute: executeAction,
    reconcile: reconcileAction,
    expire: expireAction,
    escalate: escalateAction,
    expire_lease: expireLease,
  }[work];
  await run(deps, id);
}
