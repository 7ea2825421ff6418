import { sql } from 'drizzle-orm';
import { linkedOnlyCaveat, workItemOfRepository, workItemOfTeam } from './linked-work-items.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';
import { isDone } from './work-item-subject.ts';

/**
 * One row per stretch in which a work item stood in one status, replayed from its changes: the first
 * begins with its creation, the last one is still open. An item without changes has one stretch.
 * What an earlier status meant is told by the items that are in it now, and by the changes with
 * which items were begun and finished.
 */
export const statusSpanSubject: SubjectLoader = (context) => {
  const { workspaceId } = context;
  const inOrder = sql`c.at, length(c.external_id), c.external_id`;
  return {
    from: sql`(
      with changes as (
        select c.source, c.work_item_external_id, c.from_value, c.to_value, c.at,
          lag(c.at) over item as before_at, lead(c.at) over item as after_at
        from work_item_changes c where c.workspace_id = ${workspaceId} and c.field = 'status'
        window item as (partition by c.source, c.work_item_external_id order by ${inOrder})
      ), told as (
        select source, original_status as status, status_category as category from work_items
        where workspace_id = ${workspaceId} and status_category is not null
        union all
        select c.source, c.to_value, case when c.at = w.started_at then 'in_progress' else 'done' end
        from changes c join work_items w on w.workspace_id = ${workspaceId} and w.source = c.source
          and w.external_id = c.work_item_external_id
        where c.at = w.started_at
          or (c.at = w.done_at and ${sql.raw(isDone('w'))})
      ), meanings as (
        select source, status,
          case when max(category = 'done') then 'done'
            when min(category) = max(category) then min(category) end as category
        from told where status is not null group by 1, 2
      ), spans as (
        select source, work_item_external_id, from_value as status, before_at as from_at, at as to_at
        from changes
        union all
        select source, work_item_external_id, to_value, at, null from changes where after_at is null
      )
      select w.id, w.source, w.external_id, w.kind, w.created_at, w.started_at, w.done_at,
        ${sql.raw(isDone('w'))} as is_done, s.source is not null as is_replayed,
        case when s.source is null then w.original_status else s.status end as status,
        coalesce(s.from_at, w.created_at) as span_from, s.to_at as span_to,
        case when s.to_at is null then w.status_category else m.category end as category
      from work_items w
      left join spans s on s.source = w.source and s.work_item_external_id = w.external_id
      left join meanings m on s.to_at is not null and m.source = s.source
        and m.status = s.status
      where w.workspace_id = ${workspaceId}) f`,
    where: workItemOfTeam(context),
    repositoryColumn: null,
    isOfRepository: (externalId) => workItemOfRepository(context, externalId),
    partialCaveat: linkedOnlyCaveat,
    columnOf: (name) => columns[name] ?? columnOfField(name),
    // Read at once: each further chunk would replay every item again, and could part an item's spans.
    chunkSize: Number.MAX_SAFE_INTEGER,
  };
};

const columns: Readonly<Record<string, string>> = { from: 'f.span_from', to: 'f.span_to' };
