import { and, eq } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { people } = tables;

/** Returns the id of a person of the workspace. @throws AdjutantError `NotFound` */
export async function requirePerson(
  database: Database,
  workspaceId: string,
  personId: string,
): Promise<string> {
  const [known] = await database
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (known !== undefined) return known.id;
  throw new AdjutantError('NotFound', 'There is nobody of that id here.', {
    hint: 'Run "adjutant people list" for those who are.',
  });
}
