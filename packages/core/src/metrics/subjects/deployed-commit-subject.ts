import { sql } from 'drizzle-orm';
import { countsOnce, ownedByTeam } from '../../reads/repositories.ts';
import { countedEnvironments } from '../counted-environments.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per commit: it counts once, at the first successful deployment to production that carried it. */
export const deployedCommitSubject: SubjectLoader = async (context, window) => {
  const { workspaceId } = context;
  const environments = await countedEnvironments(context.store.read, workspaceId);
  return {
    from: sql`(select c.id, c.authored_at, c.repository_external_id, c.source,
                 min(d.finished_at) as deployed_at
               from deployment_changes l
               join deployments d on d.workspace_id = l.workspace_id and d.source = l.source
                 and d.external_id = l.deployment_external_id and d.result = 'success'
               join commits c on c.workspace_id = l.workspace_id and c.sha = l.sha
                 and c.repository_external_id = l.repository_external_id and c.source = l.source
               where l.workspace_id = ${workspaceId} and d.finished_at < ${window.to}
                 and ${environments.where('d')}
                 and ${countsOnce(workspaceId, 'deployments', 'd')}
               group by c.id) f`,
    where: ownedByTeam(context, 'f.repository_external_id', 'f.source'),
    repositoryColumn: 'f.repository_external_id',
    columnOf: columnOfField,
    chunkSize: 200_000,
  };
};
