import { sql } from 'drizzle-orm';
import type { Sprint, WorkItem, WorkItemLink } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Issues and sprints. */
export function workTables(kit: ColumnKit) {
  const { table, text, real, instant, flag, index, unique, primaryKey } = kit;
  return {
    workItems: table(
      'work_items',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        key: text().notNull(),
        title: text().notNull(),
        kind: text().$type<WorkItem['kind']>().notNull(),
        originalType: text(),
        statusCategory: text().$type<NonNullable<WorkItem['statusCategory']>>(),
        originalStatus: text(),
        points: real(),
        parentExternalId: text(),
        assigneeAccountExternalId: text(),
        sprintExternalId: text(),
        createdAt: instant(),
        startedAt: instant(),
        doneAt: instant(),
        dueDay: text(),
      },
      (t) => [
        unique('work_items_key').on(t.workspaceId, t.source, t.externalId),
        index('work_items_done').on(t.workspaceId, t.doneAt, t.id),
        index('work_items_by_key').on(t.workspaceId, t.key),
        index('work_items_created').on(t.workspaceId, t.createdAt),
        index('work_items_started').on(t.workspaceId, t.startedAt),
        // Few of many are not done, and signals look at all of these.
        index('work_items_open')
          .on(t.workspaceId, t.id)
          .where(sql`(status_category is null and done_at is null) or status_category <> 'done'`),
      ],
    ),
    workItemChanges: table(
      'work_item_changes',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        workItemExternalId: text().notNull(),
        field: text().notNull(),
        fromValue: text(),
        toValue: text(),
        actorAccountExternalId: text(),
        at: instant().notNull(),
      },
      (t) => [
        unique('work_item_changes_key').on(t.workspaceId, t.source, t.externalId),
        index('work_item_changes_item').on(t.workspaceId, t.source, t.workItemExternalId),
        // Which items were in a sprint is asked of all changes of sprints at once.
        index('work_item_changes_sprint')
          .on(t.workspaceId, t.source, t.workItemExternalId, t.fromValue, t.toValue)
          .where(sql`field = 'sprint'`),
        // Of all changes, only those of the status are read by when they were.
        index('work_item_changes_moved').on(t.workspaceId, t.at).where(sql`field = 'status'`),
      ],
    ),
    workItemLinks: table(
      'work_item_links',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        workItemExternalId: text().notNull(),
        kind: text().$type<WorkItemLink['kind']>().notNull(),
        otherExternalId: text().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.source, t.workItemExternalId, t.kind, t.otherExternalId],
        }),
        // From the other end: what an item waits for.
        index('work_item_links_other').on(t.workspaceId, t.source, t.otherExternalId, t.kind),
      ],
    ),
    pullRequestWorkItems: table(
      'pull_request_work_items',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        pullRequestExternalId: text().notNull(),
        workItemSource: text().notNull(),
        workItemExternalId: text().notNull(),
        method: text().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [
            t.workspaceId,
            t.source,
            t.pullRequestExternalId,
            t.workItemSource,
            t.workItemExternalId,
          ],
        }),
        // From a work item to what is done for it.
        index('pull_request_work_items_item').on(
          t.workspaceId,
          t.workItemSource,
          t.workItemExternalId,
          t.source,
          t.pullRequestExternalId,
        ),
      ],
    ),
    /** Keys of work items that pull requests name, whether or not such an item is here yet. */
    pullRequestKeys: table(
      'pull_request_keys',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        pullRequestExternalId: text().notNull(),
        key: text().notNull(),
        isLinked: flag().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.pullRequestExternalId, t.key] }),
        // Most of what looks like a key is linked at once, or is none.
        index('pull_request_keys_unlinked').on(t.workspaceId, t.key).where(sql`is_linked = 0`),
      ],
    ),
    sprints: table(
      'sprints',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        name: text().notNull(),
        state: text().$type<Sprint['state']>().notNull(),
        startedAt: instant(),
        plannedEndAt: instant(),
        completedAt: instant(),
      },
      (t) => [unique('sprints_key').on(t.workspaceId, t.source, t.externalId)],
    ),
  };
}
