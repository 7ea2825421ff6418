import { sql } from 'drizzle-orm';
import { columnOfField, type SubjectLoader } from './subject-source.ts';

/** One row per pull request, from its facts. */
export const pullRequestSubject: SubjectLoader = (context) => ({
  from: sql`pull_request_facts f`,
  where:
    context.teamId === null
      ? sql`f.workspace_id = ${context.workspaceId}`
      : sql`f.workspace_id = ${context.workspaceId} and f.team_id = ${context.teamId}`,
  repositoryColumn: 'f.repository_external_id',
  columnOf: (name) => (name === 'id' ? 'f.pull_request_id' : columnOfField(name)),
  chunkSize: 5_000,
});
