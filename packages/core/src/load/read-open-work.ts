import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { leads } from '../reads/repositories.ts';
import { readRows } from '../store/json-columns.ts';

const rowSchema = z.object({
  personId: z.string(),
  figure: z.enum(['reviews_asked', 'open_pull_requests', 'items_in_progress']),
  id: z.string(),
  key: z.string(),
  title: z.string(),
  repository: z.string().nullable(),
  since: z.number().nullable(),
});

/** Something that lay on a person at an instant. */
export type OpenWork = z.infer<typeof rowSchema>;

/** Returns what lay on people at an instant, the oldest first; `of` narrows it to some accounts. */
export async function readOpenWork(
  context: ReadContext,
  at: number,
  of?: SQL,
): Promise<OpenWork[]> {
  const { workspaceId, store } = context;
  const title = of === undefined ? sql`''` : sql`lying."title"`;
  return readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select l.person_id as "personId", lying."figure" as "figure", lying."id" as "id",
        lying."key" as "key", ${title} as "title", lying."repository" as "repository",
        lying."since" as "since"
      from (${lying(workspaceId, at)}) lying
      join person_accounts l on l.workspace_id = ${workspaceId}
        and l.account_source = lying.source and l.account_external_id = lying.account
      left join accounts a on a.workspace_id = ${workspaceId} and a.source = lying.source
        and a.external_id = lying.account
      where coalesce(a.is_bot or a.kind <> 'human', 0) = 0
        and ${of === undefined ? sql`true` : sql`(lying.source, lying.account) in ${of}`}
      order by "since", "key"`,
  );
}

function lying(workspaceId: string, at: number): SQL {
  // What was open then is open still, or ended later: each of these has an order of its own.
  const openThen = sql`p.workspace_id = ${workspaceId} and p.opened_at <= ${at}
    and p.id in (
      select id from pull_requests where workspace_id = ${workspaceId} and state = 'open'
      union all select id from pull_requests
        where workspace_id = ${workspaceId} and merged_at > ${at}
      union all select id from pull_requests
        where workspace_id = ${workspaceId} and state = 'closed' and closed_at > ${at})
    and (p.merged_at is null or p.merged_at > ${at})
    and (p.closed_at is null or p.closed_at > ${at})
    and ${leads(workspaceId, 'p.repository_external_id', 'p.source')}`;
  const repository = sql`left join repositories r on r.workspace_id = ${workspaceId}
    and r.source = p.source and r.external_id = p.repository_external_id`;
  const named = sql`p.id as "id", coalesce('#' || p.number, p.external_id) as "key",
    p.title as "title", r.name as "repository"`;
  return sql`
    select p.source, p.author_account_external_id as account, 'open_pull_requests' as "figure",
      ${named}, p.opened_at as "since"
    from pull_requests p ${repository}
    where ${openThen} and p.author_account_external_id is not null
    union all select p.source, told.account, 'reviews_asked', ${named}, told."at"
    from (${lastTold(workspaceId, at, openThen)}) told
    join pull_requests p on p.id = told.id ${repository}
    where told.place = 1 and told.kind = 'review_requested'
      and told.account is not p.author_account_external_id
    union all select w.source, w.assignee_account_external_id, 'items_in_progress', w.id, w.key,
      w.title, null, w.started_at
    from work_items w
    where w.workspace_id = ${workspaceId} and w.assignee_account_external_id is not null
      and w.started_at <= ${at} and (w.done_at is null or w.done_at > ${at})
      and (w.done_at is not null or w.status_category = 'in_progress')`;
}

/** Of each open pull request and each reviewer, what was told last: asked, taken back, or reviewed. */
function lastTold(workspaceId: string, at: number, openThen: SQL): SQL {
  return sql`select p.id, e.kind, e.at,
      case when e.kind = 'review' then e.actor_account_external_id
        else e.subject_account_external_id end as account,
      row_number() over (partition by p.id, case when e.kind = 'review'
        then e.actor_account_external_id else e.subject_account_external_id end
        order by e.at desc, e.external_id desc) as place
    from pull_requests p
    join pull_request_events e on e.workspace_id = ${workspaceId} and e.source = p.source
      and e.pull_request_external_id = p.external_id and e.at <= ${at}
      and e.kind in ('review', 'review_requested', 'review_request_removed')
    where ${openThen}`;
}
