import { sql } from 'drizzle-orm';
import { linkedOnlyCaveat, workItemOfRepository, workItemOfTeam } from './linked-work-items.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per work item, as its source shows it now. */
export const workItemSubject: SubjectLoader = (context) => ({
  from: sql`work_items f`,
  where: sql`f.workspace_id = ${context.workspaceId} and ${workItemOfTeam(context)}`,
  repositoryColumn: null,
  isOfRepository: (externalId) => workItemOfRepository(context, externalId),
  partialCaveat: linkedOnlyCaveat,
  columnOf: (name) => (name === 'isDone' ? isDone('f') : columnOfField(name)),
  // What a pull request is linked with is looked up once for each query.
  chunkSize: 200_000,
});

/**
 * Returns whether a work item is done: by its category, and where its source shows none by whether
 * it has an end. A reopened item may keep the instant of its earlier end.
 */
export function isDone(alias: string): string {
  return `coalesce(${alias}.status_category = 'done', ${alias}.done_at is not null)`;
}
