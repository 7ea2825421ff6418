import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { ActionStatus } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRecord, DecisionRow } from './action-rows.ts';
import type { Progress } from './progress.ts';
import { statusToldBy } from './told-status.ts';

const { auditEntries } = tables;

/** What the ledger tells of an action, to hold its rows against. */
export interface LedgerWitness {
  /** Whether this is proposed as the row says: by whom, for whom, and of which type. */
  knowsProposal(): boolean;
  /**
   * Whether the row stands where the last transition left it, with the deadline that was given then
   * and every attempt that was made. One that was set back to run again does not.
   */
  knowsStanding(progress: Progress): boolean;
  /** Whether people are still asked, as the ledger tells it. */
  isPending: boolean;
  /** Whether a preparation with this hash is told of. */
  knowsPayload(payloadHash: string): boolean;
  /** Whether this very decision is told of. */
  knowsDecision(decision: DecisionRow): boolean;
}

/**
 * Returns what the ledger tells of an action's words and decisions: a row that was written past the
 * engine has no entry there, and one that was made up breaks the chain.
 */
export async function askLedger(
  transaction: Database,
  record: ActionRecord,
): Promise<LedgerWitness> {
  const { action } = record;
  const entries: ToldEntry[] = await transaction
    .select({ event: auditEntries.event, detail: auditEntries.detail, actor: auditEntries.actor })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, action.workspaceId),
        eq(auditEntries.subject, action.id),
        isNotNull(auditEntries.seq),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  const told = (event: string, expected: Record<string, unknown>): boolean =>
    entries.some(
      (entry) =>
        entry.event === event &&
        Object.entries(expected).every(([name, value]) => entry.detail[name] === value),
    );
  return {
    knowsProposal: () => {
      const { type, requester, requesterKind, sponsorPersonId } = action;
      const isTold = told('action.proposed', { type, requesterKind, sponsorPersonId });
      return (
        isTold &&
        entries.some(({ event, actor }) => event === 'action.proposed' && actor === requester)
      );
    },
    knowsStanding: (progress) => standsAsTold(entries, record, progress),
    isPending: statusesOf(entries).at(-1) === 'pending',
    knowsPayload: (payloadHash) => told('action.prepared', { payloadHash }),
    knowsDecision: ({ id, revision, payloadHash, verdict, reviewerPersonId, assurance, surface }) =>
      told('action.decided', {
        decisionId: id,
        revision,
        payloadHash,
        verdict,
        reviewerPersonId,
        assurance,
        surface,
      }),
  };
}

interface ToldEntry {
  event: string;
  detail: Record<string, unknown>;
  actor: string;
}

function statusesOf(entries: readonly ToldEntry[]): ActionStatus[] {
  return entries.flatMap(({ event, detail }) => statusToldBy(event, detail) ?? []);
}

function standsAsTold(
  entries: readonly ToldEntry[],
  { action, attempts }: ActionRecord,
  { nextStep }: Progress,
): boolean {
  if (statusesOf(entries).at(-1) !== action.status) return false;
  const approval = entries.findLast(({ event }) => event === 'action.approved');
  if (approval?.detail['executeBy'] !== action.executeBy) return false;
  const keys = new Map(attempts.map(({ number, effectKey }) => [number, effectKey]));
  return entries.every(({ event, detail }) => {
    if (event === 'action.claimed')
      return keys.get(Number(detail['attempt'])) === detail['effectKey'];
    const isStep = event === 'action.step_applied';
    return !isStep || nextStep === null || Number(detail['step']) < nextStep;
  });
}
