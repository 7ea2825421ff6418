import { sql } from 'drizzle-orm';
import { readColumns } from '../../store/json-columns.ts';
import type { SubjectContext } from '../subject-context.ts';

/** The last of the items that an item waited for, and when it was done. */
export interface Freed {
  at: number;
  /** Id of that item. */
  id: string;
}

/**
 * Returns of work items of one source, in the order given, what last set them free: until then nobody
 * could have got on with them. Null of what waited for nothing that was done by the instant of the pass.
 */
export async function readFreed(
  { read, now }: SubjectContext,
  source: string,
  externalIds: readonly string[],
): Promise<(Freed | null)[]> {
  const freed = externalIds.map((): Freed | null => null);
  const columns = await readColumns(
    read.store.read,
    ['item', 'id', 'at'],
    sql`select asked.key as item, b.id, b.done_at as at
      from json_each(${JSON.stringify(externalIds)}) asked cross join work_item_links l
        on l.workspace_id = ${read.workspaceId} and l.source = ${source}
        and l.other_external_id = asked.value and l.kind = 'blocks'
      cross join work_items b on b.workspace_id = l.workspace_id and b.source = l.source
        and b.external_id = l.work_item_external_id
      where b.status_category = 'done' and b.done_at <= ${now}
      order by b.done_at, b.id`,
  );
  const [items = [], ids = [], instants = []] = columns;
  for (const [position, item] of items.entries()) {
    freed[Number(item)] = { at: Number(instants[position]), id: String(ids[position]) };
  }
  return freed;
}
