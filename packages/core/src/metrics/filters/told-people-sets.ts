import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../../audit/append-audit-entry.ts';
import { viewerLabel } from '../../domain.ts';
import { AdjutantError } from '../../errors.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { noteUntold } from '../../privacy/note-untold.ts';
import { requireLead } from '../../require-lead.ts';
import type { Database } from '../../store/database.ts';
import { tables } from '../../store/tables.ts';
import { canonicalPerson, type KnownPeople } from './read-people.ts';

/** Under which the ledger keeps the chosen sets of people whose figures were told. */
const subject = 'metrics:people_sets';
const event = 'metrics.people_set_told';
const detailSchema = z.object({ people: z.array(z.string()) });

/** A chosen set of people. */
export type PeopleSet = ReadonlySet<string>;

/**
 * Returns the sets of people whose figures were told, the first one first. The ledger keeps them,
 * because what was told once can be held against every later answer, by anybody.
 */
export async function readToldSets(
  database: Database,
  workspaceId: string,
  people: KnownPeople,
): Promise<PeopleSet[]> {
  const { auditEntries } = tables;
  const rows = await database
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, subject),
        eq(auditEntries.event, event),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  return rows.map(
    ({ detail }) =>
      new Set(detailSchema.parse(detail).people.map((id) => canonicalPerson(people, id))),
  );
}

/** Returns whether two sets are of the same people. */
export function isSameSet(one: PeopleSet, other: PeopleSet): boolean {
  return one.size === other.size && [...one].every((person) => other.has(person));
}

/**
 * Keeps a set as one whose figures were told.
 * @throws AdjutantError `Permission` where it is new and nobody who leads asks; `Conflict` where
 * another set came between
 */
export async function keepToldSet(
  context: ReadContext,
  chosen: PeopleSet,
  known: { sets: readonly PeopleSet[]; people: KnownPeople },
): Promise<void> {
  if (known.sets.some((told) => isSameSet(told, chosen))) return;
  const { store, workspaceId, viewer, clock } = context;
  try {
    requireLead(viewer, 'asks about a chosen set of people that was not asked about before');
  } catch (error) {
    noteUntold(context, { people: [...chosen] }, 'new_set');
    throw error;
  }
  await store.transaction(async (transaction) => {
    const sets = await readToldSets(transaction, workspaceId, known.people);
    if (sets.some((told) => isSameSet(told, chosen))) return;
    if (sets.length !== known.sets.length) {
      throw new AdjutantError('Conflict', 'Another set of people was asked about meanwhile.', {
        hint: 'Ask again.',
      });
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event,
      subject,
      detail: { people: [...chosen].toSorted() },
    });
  });
}
