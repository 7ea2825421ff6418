import { sql } from 'drizzle-orm';
import { linkedOnlyCaveat, workItemOfRepository, workItemOfTeam } from './linked-work-items.ts';
import { columnOfField, type SubjectLoader } from './subject-source.ts';
import { isDone } from './work-item-subject.ts';

/**
 * One row per stretch in which a work item stood in one status, replayed from its changes: the first
 * begins with its creation, or with the first change where that is said to be before it, the last one
 * is still open. An item without changes has one stretch. In the order of `turn`, the open one last.
 * What an earlier status meant is told by the items that are in it now, and by the changes with
 * which items were begun and finished.
 */
export const statusSpanSubject: SubjectLoader = (context) => {
  const { workspaceId } = context;
  const item = sql.raw(
    `w.id, w.source, w.external_id, w.kind, w.status_category, w.created_at, w.started_at, w.done_at, ${isDone('w')} as is_done`,
  );
  return {
    from: sql`(
      with changes as (
        select ${item}, c.from_value, c.to_value, c.at,
          lag(c.at) over item as before_at, lead(c.at) over item as after_at,
          row_number() over item as turn
        from work_item_changes c cross join work_items w on w.workspace_id = c.workspace_id
          and w.source = c.source and w.external_id = c.work_item_external_id
        where c.workspace_id = ${workspaceId} and c.field = 'status'
        window item as (partition by c.source, c.work_item_external_id
          order by c.at, length(c.external_id), c.external_id)
      ), told as (
        select w.source, w.original_status as status, w.status_category as category
        from work_items w
        where w.workspace_id = ${workspaceId} and w.status_category is not null
        union all
        select source, to_value, case when at = started_at then 'in_progress' else 'done' end
        from changes where at = started_at or (at = done_at and is_done)
      ), meanings as (
        select source, status,
          case when max(category = 'done') then 'done'
            when min(category) = max(category) then min(category) end as category
        from told where status is not null group by 1, 2
      )
      select w.*, 1 as is_replayed, w.from_value as status,
        coalesce(w.before_at, min(w.created_at, w.at)) as span_from, w.at as span_to, m.category
      from changes w left join meanings m on m.source = w.source and m.status = w.from_value
      union all
      select w.*, 1, w.to_value, w.at, null, w.status_category from changes w
      where w.after_at is null
      union all
      select ${item}, null, null, null, null, null, 0, 0, w.original_status, w.created_at, null,
        w.status_category
      from work_items w where w.workspace_id = ${workspaceId} and not exists (
        select 1 from work_item_changes c where c.workspace_id = w.workspace_id
          and c.source = w.source and c.work_item_external_id = w.external_id
          and c.field = 'status')) f`,
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
