import { type SQL, sql } from 'drizzle-orm';
import { columnOfField, type SubjectLoader, type SubjectSpan } from './subject-source.ts';

/** Between the source of an account and what that source calls it. */
export const accountSeparator = '\n';

/**
 * One row per pull request and account of a person other than its author that reviewed it, at the
 * first of its reviews: so the rows of two windows are those of both. An account nobody knows cannot
 * be said to be a person other than the author. The plus before an instant keeps the search for an
 * earlier review within its own pull request: by the index of instants it would pass all before it.
 */
export const reviewSubject: SubjectLoader = ({ workspaceId, teamId }, span) => ({
  from: sql`(select e.id, e.at as reviewed_at, e.source, f.repository_external_id,
      e.source || ${sql.raw(`char(${accountSeparator.charCodeAt(0)})`)} || e.actor_account_external_id as reviewer
    from pull_request_events e
    join pull_request_facts f on f.workspace_id = e.workspace_id and f.source = e.source
      and f.pull_request_external_id = e.pull_request_external_id
    join pull_requests p on p.id = f.pull_request_id
    where e.workspace_id = ${workspaceId} and e.kind = 'review' and ${isIn(span)}
      and e.actor_account_external_id is not p.author_account_external_id
      and ${teamId === null ? sql`true` : sql`f.team_id = ${teamId}`}
      and (e.source, e.actor_account_external_id) not in (select source, external_id from accounts
        where workspace_id = ${workspaceId} and (is_bot or kind <> 'human'))
      and not exists (select 1 from pull_request_events earlier
        where earlier.workspace_id = e.workspace_id and earlier.source = e.source
          and earlier.pull_request_external_id = e.pull_request_external_id
          and earlier.kind = 'review'
          and earlier.actor_account_external_id = e.actor_account_external_id
          and (+earlier.at < e.at or (+earlier.at = e.at and earlier.id < e.id)))) f`,
  where: sql`f.reviewer is not null`,
  repositoryColumn: 'f.repository_external_id',
  columnOf: columnOfField,
  chunkSize: 200_000,
});

function isIn({ column, from, to }: SubjectSpan): SQL {
  return column === 'reviewedAt' ? sql`e.at >= ${from} and e.at < ${to}` : sql`true`;
}
