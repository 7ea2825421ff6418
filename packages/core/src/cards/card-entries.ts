import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { plumbing, recordPlumbing } from '../plumbing.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { CardPlace } from './approval-cards.ts';

const { auditEntries } = tables;

const placeSchema = z.record(z.string(), z.json());
const entrySchema = z.object({
  revision: z.number().int(),
  step: z.enum(['posting', 'posted', 'not_posted', 'updating']),
  place: placeSchema.nullish(),
  shown: z.string().nullish(),
});
export type CardStep = z.infer<typeof entrySchema>['step'];

/** How far a card has come, as the ledger tells it. */
export type CardState =
  | { state: 'posting'; since: number }
  | {
      state: 'posted';
      place: CardPlace;
      /** What it surely shows; null where that is open. */
      shown: string | null;
    };

/** The cards of an action, and how much was written of them: whoever writes next finds as much. */
export interface KnownCards {
  byRevision: ReadonlyMap<number, CardState>;
  steps: number;
  /** What the last change of each was to show. */
  updating: ReadonlyMap<number, string>;
}

export interface CardOf {
  workspaceId: string;
  source: string;
  actionId: string;
}

/** Returns the cards of an action: the ledger is what remembers them. */
export async function readCards(database: Database, of: CardOf): Promise<KnownCards> {
  const entries = await database
    .select({ at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, of.workspaceId),
        eq(auditEntries.subject, subjectOf(of)),
        eq(auditEntries.event, plumbing.approvalCard),
      ),
    )
    .orderBy(asc(auditEntries.id));
  const cards = new Map<number, CardState>();
  const updating = new Map<number, string>();
  for (const { at, detail } of entries) {
    const entry = entrySchema.safeParse(detail).data;
    if (entry === undefined) continue;
    const { revision, step, place = null, shown = null } = entry;
    if (step === 'updating' && shown !== null) updating.set(revision, shown);
    const before = cards.get(revision);
    if (step === 'posting') cards.set(revision, { state: 'posting', since: at });
    else if (step === 'not_posted') cards.delete(revision);
    else if (step === 'posted' && place !== null) {
      cards.set(revision, { state: 'posted', place, shown });
    } else if (before?.state === 'posted') cards.set(revision, { ...before, shown: null });
  }
  return { byRevision: cards, steps: entries.length, updating };
}

/** Writes a step into the ledger: what is about to be done, or where it was done. */
export async function recordCard(
  transaction: Database,
  of: CardOf,
  entry: {
    at: number;
    revision: number;
    step: CardStep;
    place?: CardPlace;
    shown?: string;
    reason?: string;
  },
): Promise<void> {
  const { at, ...detail } = entry;
  await recordPlumbing(transaction, {
    workspaceId: of.workspaceId,
    at,
    kind: 'approvalCard',
    subject: subjectOf(of),
    detail,
  });
}

function subjectOf({ source, actionId }: CardOf): string {
  return `approval_card:${source}:${actionId}`;
}
