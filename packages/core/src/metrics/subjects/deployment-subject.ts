import { sql } from 'drizzle-orm';
import { countsOnce, ownedByTeam } from '../../reads/repositories.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per deployment, successful or not, to any environment. */
export const deploymentSubject: SubjectLoader = (context) => ({
  from: sql`deployments f`,
  where: sql`f.workspace_id = ${context.workspaceId}
    and ${ownedByTeam(context, 'f.repository_external_id', 'f.source')}
    and ${countsOnce(context.workspaceId, 'deployments', 'f')}`,
  repositoryColumn: 'f.repository_external_id',
  columnOf: columnOfField,
  chunkSize: 20_000,
});
