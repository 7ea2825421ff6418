import { eq } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { tables } from '../../store/tables.ts';

/** Longer chains of merged people are not followed. */
const longestMergeChain = 20;

/** Everybody of a workspace, with whom they were merged into; null where they stand for themselves. */
export type KnownPeople = ReadonlyMap<string, string | null>;

export async function readPeople(database: Database, workspaceId: string): Promise<KnownPeople> {
  const { people } = tables;
  const rows = await database
    .select({ id: people.id, mergedInto: people.mergedIntoPersonId })
    .from(people)
    .where(eq(people.workspaceId, workspaceId));
  return new Map(rows.map(({ id, mergedInto }) => [id, mergedInto]));
}

/** Returns whom a person was merged into in the end. */
export function canonicalPerson(people: KnownPeople, id: string): string {
  let person = id;
  for (let step = 0; step < longestMergeChain; step += 1) {
    const into = people.get(person) ?? null;
    if (into === null) return person;
    person = into;
  }
  return person;
}
