import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { workItemSchema } from '../../domain/work-item.ts';
import { readRows } from '../../store/json-columns.ts';
import type { SubjectContext } from '../subject-context.ts';

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  key: z.string(),
  title: z.string(),
  kind: workItemSchema.shape.kind,
  statusCategory: workItemSchema.shape.statusCategory,
  originalStatus: z.string().nullable(),
  points: z.number().nullable(),
  assignee: z.string().nullable(),
  sprintExternalId: z.string().nullable(),
  createdAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  dueDay: z.string().nullable(),
});
export type WorkItemRow = z.infer<typeof rowSchema>;

/** Word for word as the index of open items has it. */
export const isOpenItem = (alias: string) =>
  sql.raw(
    `((${alias}.status_category is null and ${alias}.done_at is null) or ${alias}.status_category <> 'done')`,
  );

const rowsAtOnce = 2_500;

/**
 * Returns the work items that are not done, by id. Of a past instant also those that were done since;
 * whether they were open then, their changes tell.
 */
export async function* readOpenItems({
  read,
  now,
  isPast,
}: SubjectContext): AsyncGenerator<WorkItemRow[]> {
  const { store, workspaceId } = read;
  const wasOpen = isPast
    ? sql`(${isOpenItem('w')} or w.done_at > ${now} or w.done_at is null)
        and (w.created_at is null or w.created_at <= ${now})`
    : isOpenItem('w');
  for (let last: string | null = ''; last !== null; ) {
    const rows: WorkItemRow[] = await readRows(
      store.read,
      rowSchema,
      Object.keys(rowSchema.shape),
      sql`select w.id, w.source, w.external_id as "externalId", w.key, w.title, w.kind,
          w.status_category as "statusCategory", w.original_status as "originalStatus", w.points,
          w.assignee_account_external_id as assignee, w.sprint_external_id as "sprintExternalId",
          w.created_at as "createdAt", w.started_at as "startedAt", w.due_day as "dueDay"
        from work_items w where w.workspace_id = ${workspaceId} and w.id > ${last} and ${wasOpen}
        order by w.id limit ${rowsAtOnce}`,
    );
    yield rows;
    last = rows.length < rowsAtOnce ? null : (rows.at(-1)?.id ?? null);
  }
}

/** Returns what stands before the number in a key: `PAY` of PAY-7, `acme/shop` of acme/shop#7. */
export function projectOf(key: string): string {
  return key.replace(/[-#]\d+$/, '');
}
