import type { Sprint, WorkItem } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Issues and sprints. */
export function workTables(kit: ColumnKit) {
  const { table, text, real, instant, index, unique, primaryKey } = kit;
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
