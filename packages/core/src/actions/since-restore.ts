import { and, eq, inArray } from 'drizzle-orm';
import { readLastRestore } from '../audit/store-subject.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRecord } from './action-rows.ts';
import type { AnyActionDefinition } from './define-action.ts';
import { effectKeyOf } from './payload-hash.ts';

const { auditEntries } = tables;

/** What was done about an action since its store was last put in place. Before that, all may have been. */
export interface SinceRestore {
  /** Whether somebody, or the policy for other words, has approved it since. */
  isApproved: boolean;
  /** Whether the target was looked at since, and the effect of this step was not there. */
  hasLooked(step: number): boolean;
}

const heeded = ['action.proposed', 'action.approved', 'action.reconciling'];

/**
 * Returns what the ledger tells of an action since its store was restored; null for one that was
 * proposed after that, and where it never was. The ledger is asked, as no row can be taken for it.
 */
export async function readSinceRestore(
  database: Database,
  { action, revision, attempts }: ActionRecord,
): Promise<SinceRestore | null> {
  const { workspaceId } = action;
  const restored = await readLastRestore(database, workspaceId);
  if (restored === null) return null;
  const told = await database
    .select({ event: auditEntries.event, seq: auditEntries.seq, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, action.id),
        inArray(auditEntries.event, heeded),
      ),
    );
  const since = told.filter(({ seq }) => (seq ?? 0) > restored);
  if (since.some(({ event }) => event === 'action.proposed')) return null;
  return {
    isApproved: since.some(({ event }) => event === 'action.approved'),
    hasLooked(step) {
      const key = effectKeyOf(action.id, step, revision.payloadHash ?? '');
      const looks = since.filter(({ event }) => event === 'action.reconciling');
      const numbers = new Set(looks.map(({ detail }) => detail['attempt']));
      return attempts.some(
        ({ number, kind, status, effectKey }) =>
          kind === 'probe' && status === 'not_applied' && effectKey === key && numbers.has(number),
      );
    },
  };
}

/** Returns whether what an effect left can be looked for at its target. */
export function canBeLookedFor(
  { action }: Pick<ActionRecord, 'action'>,
  definition: AnyActionDefinition,
): boolean {
  // The class that was approved counts, whatever the handler says by now.
  return action.effectClass !== 'blind' && definition.probe !== undefined;
}
