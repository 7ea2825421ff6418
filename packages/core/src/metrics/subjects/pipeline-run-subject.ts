import { sql } from 'drizzle-orm';
import { followerShowsNoCode, ownedByTeam, shownByLead } from '../../reads/repositories.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/**
 * One row per run of a pipeline, whatever its result; where two sources show the same repository,
 * only those of the leading one, if it shows any. Runs that were only sent count unless the leading
 * source shows those of their pipeline.
 */
export const pipelineRunSubject: SubjectLoader = (context) => ({
  from: sql`pipeline_runs f`,
  // Runs are many and have no index by repository: what follows another source is found once for
  // each repository, where `countsOnce` would look for it again for every run.
  where: sql`f.workspace_id = ${context.workspaceId}
    and ${ownedByTeam(context, 'f.repository_external_id', 'f.source')}
    and (f.source, f.repository_external_id) not in (
      select follower.source, follower.repository_external_id from repository_leads follower
      where follower.workspace_id = ${context.workspaceId} and not ${followerShowsNoCode} and exists (
        select 1 from pipeline_runs counted where counted.workspace_id = follower.workspace_id
          and counted.source = follower.lead_source
          and counted.repository_external_id = follower.lead_repository_external_id))
    and ((f.source, f.repository_external_id) not in (
        select source, repository_external_id from delivery_followers
        where workspace_id = ${context.workspaceId} and kind = 'pipeline_run')
      or not ${shownByLead('pipeline_run', 'f')})`,
  repositoryColumn: 'f.repository_external_id',
  columnOf: columnOfField,
  chunkSize: 20_000,
});
