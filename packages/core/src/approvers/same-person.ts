import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { auditEntries, identityChanges, people } = tables;

/** Longer chains of merged people are not followed. */
const longestMergeChain = 20;

/**
 * Returns whether a right or proof of one person is one of the other: they are the same, or somebody
 * said that they are. A rule that merges people, such as a mailmap that anybody with commit access
 * can write, moves no rights.
 */
export async function isSamePerson(
  database: Database,
  workspaceId: string,
  personId: string,
  asPersonId: string,
): Promise<boolean> {
  let present = personId;
  for (let step = 0; step < longestMergeChain; step += 1) {
    if (present === asPersonId) return true;
    const next = await mergedByPersonInto(database, workspaceId, present);
    if (next === null) return false;
    present = next;
  }
  return false;
}

/** Returns who a person is by now: themselves, or whoever somebody said that they are. */
export async function personNow(
  database: Database,
  workspaceId: string,
  personId: string,
): Promise<string> {
  let present = personId;
  for (let step = 0; step < longestMergeChain; step += 1) {
    const next = await mergedByPersonInto(database, workspaceId, present);
    if (next === null) return present;
    present = next;
  }
  return present;
}

/** Returns whether somebody ever said that one person is the other, whether it was taken back or not. */
export async function wasEverSamePerson(
  database: Database,
  workspaceId: string,
  personId: string,
  asPersonId: string,
): Promise<boolean> {
  const seen = new Set([personId]);
  for (let step = 0; step < longestMergeChain && !seen.has(asPersonId); step += 1) {
    const before = seen.size;
    const rows = await database
      .select({ to: identityChanges.toPersonId, actor: identityChanges.actor })
      .from(identityChanges)
      .where(
        and(
          eq(identityChanges.workspaceId, workspaceId),
          eq(identityChanges.kind, 'merge'),
          inArray(identityChanges.fromPersonId, [...seen]),
        ),
      );
    for (const { to, actor } of rows) if (actor.startsWith('person:')) seen.add(to);
    if (seen.size === before) break;
  }
  return seen.has(asPersonId);
}

async function mergedByPersonInto(
  database: Database,
  workspaceId: string,
  personId: string,
): Promise<string | null> {
  const [person] = await database
    .select({ into: people.mergedIntoPersonId })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (person?.into === undefined || person.into === null) return null;
  const [change] = await database
    .select({ id: identityChanges.id, actor: identityChanges.actor })
    .from(identityChanges)
    .where(
      and(
        eq(identityChanges.workspaceId, workspaceId),
        eq(identityChanges.kind, 'merge'),
        eq(identityChanges.fromPersonId, personId),
        eq(identityChanges.toPersonId, person.into),
        isNull(identityChanges.undoneAt),
      ),
    )
    .orderBy(desc(identityChanges.at), desc(identityChanges.id))
    .limit(1);
  if (change?.actor.startsWith('person:') !== true) return null;
  const merge = { ...change, fromPersonId: personId, toPersonId: person.into };
  return (await isToldOf(database, workspaceId, merge)) ? person.into : null;
}

/** A merge that was written past Adjutant moves no rights either. */
async function isToldOf(
  database: Database,
  workspaceId: string,
  merge: { id: string; actor: string; fromPersonId: string; toPersonId: string },
): Promise<boolean> {
  const entries = await database
    .select({ event: auditEntries.event, actor: auditEntries.actor, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.workspaceId, workspaceId), eq(auditEntries.subject, merge.id)));
  if (entries.some(({ event }) => event === 'people.change_undone')) return false;
  return entries.some(
    ({ event, actor, detail }) =>
      event === 'people.merged' &&
      actor === merge.actor &&
      detail['fromPersonId'] === merge.fromPersonId &&
      detail['toPersonId'] === merge.toPersonId,
  );
}
