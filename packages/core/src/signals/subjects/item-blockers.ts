import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readRows } from '../../store/json-columns.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { isOpenItem } from './work-item-rows.ts';

const rowSchema = z.object({
  source: z.string(),
  blocked: z.string(),
  id: z.string(),
  key: z.string(),
  createdAt: z.number().nullable(),
});

/** An unfinished item that another waits for. */
export type ItemBlocker = Pick<z.infer<typeof rowSchema>, 'id' | 'key' | 'createdAt'>;

/**
 * Returns the unfinished items that block others, under the key of each that waits. One that is not
 * read is left out: nobody knows whether it is done.
 */
export async function readBlockers({
  read,
  now,
  isPast,
}: SubjectContext): Promise<Map<string, ItemBlocker[]>> {
  const { store, workspaceId } = read;
  const wasOpen = isPast
    ? sql`(${isOpenItem('b')} or b.done_at > ${now}) and (b.created_at is null or b.created_at <= ${now})`
    : isOpenItem('b');
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select l.source, l.other_external_id as blocked, b.id, b.key, b.created_at as "createdAt"
      from work_item_links l cross join work_items b on b.workspace_id = l.workspace_id
        and b.source = l.source and b.external_id = l.work_item_external_id
      where l.workspace_id = ${workspaceId} and l.kind = 'blocks' and ${wasOpen}
      order by b.key, b.id`,
  );
  return Map.groupBy(rows, ({ source, blocked }) => keyOf(source, blocked));
}
