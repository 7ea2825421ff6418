import { and, eq, gte, inArray, lt, min, ne } from 'drizzle-orm';
import type { Window } from '../domain.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { ActionStatistics } from './assistant-actions.ts';

const { actions, actionRevisions } = tables;

/** What became of one decided action. */
export interface DecidedAction {
  byPolicy: boolean;
  /** When it began to wait for people; null where it never did. */
  waitedFrom: number | null;
  decidedAt: number;
  verdict: 'approve' | 'decline';
  /** A person changed it first. */
  modified: boolean;
}

/** Returns the three figures of a set of decided actions. */
export function summariseDecisions(decided: readonly DecidedAction[]): ActionStatistics {
  const byPeople = decided.filter((action) => !action.byPolicy);
  const overridden = byPeople.filter((action) => action.modified || action.verdict === 'decline');
  const latencies = byPeople.flatMap(({ waitedFrom, decidedAt }) =>
    waitedFrom === null ? [] : [decidedAt - waitedFrom],
  );
  return {
    approvalLatencyMs: latencies.toSorted((one, other) => one - other),
    approvalOverrideRate: byPeople.length === 0 ? null : overridden.length / byPeople.length,
    autoVsHitlCounts: { auto: decided.length - byPeople.length, hitl: byPeople.length },
  };
}

/** Returns the figures of the actions that were decided in a window. */
export async function readActionStatistics(
  store: Store,
  { workspaceId, window }: { workspaceId: string; window: Window },
): Promise<ActionStatistics> {
  const decidedThen = and(
    eq(actions.workspaceId, workspaceId),
    gte(actions.decidedAt, window.from),
    lt(actions.decidedAt, window.to),
  );
  const rows = await store.read.select().from(actions).where(decidedThen);
  const ids = store.read.select({ id: actions.id }).from(actions).where(decidedThen);
  const waits = await store.read
    .select({ actionId: actionRevisions.actionId, from: min(actionRevisions.preparedAt) })
    .from(actionRevisions)
    .where(
      and(eq(actionRevisions.workspaceId, workspaceId), inArray(actionRevisions.actionId, ids)),
    )
    .groupBy(actionRevisions.actionId);
  const edits = await store.read
    .selectDistinct({ actionId: actionRevisions.actionId })
    .from(actionRevisions)
    .where(
      and(
        eq(actionRevisions.workspaceId, workspaceId),
        inArray(actionRevisions.actionId, ids),
        // The first revision is the proposal; one that policy asked for has the same words.
        gte(actionRevisions.revision, 2),
        ne(actionRevisions.author, 'policy'),
      ),
    );
  const waitedFrom = new Map(waits.map((row) => [row.actionId, row.from]));
  const edited = new Set(edits.map((row) => row.actionId));
  return summariseDecisions(
    rows.flatMap((row) =>
      row.decidedAt === null
        ? []
        : [
            {
              byPolicy: row.decidedBy?.startsWith('policy:') ?? false,
              waitedFrom: waitedFrom.get(row.id) ?? null,
              decidedAt: row.decidedAt,
              verdict: row.status === 'declined' ? 'decline' : 'approve',
              modified: edited.has(row.id),
            },
          ],
    ),
  );
}
