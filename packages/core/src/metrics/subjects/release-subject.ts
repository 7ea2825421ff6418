import { sql } from 'drizzle-orm';
import { countsOnce, ownedByTeam } from '../../reads/repositories.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per release. */
export const releaseSubject: SubjectLoader = (context) => ({
  from: sql`releases f`,
  where: sql`f.workspace_id = ${context.workspaceId}
    and ${ownedByTeam(context, 'f.repository_external_id', 'f.source')}
    and ${countsOnce(context.workspaceId, 'releases', 'f')}`,
  repositoryColumn: 'f.repository_external_id',
  columnOf: columnOfField,
  chunkSize: 20_000,
});
