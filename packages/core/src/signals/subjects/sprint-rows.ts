import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { workItemSchema } from '../../domain/work-item.ts';
import type { NamedSprintItem, SprintItems } from '../../reads/sprint-items.ts';
import { readColumns, readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { SubjectContext } from '../subject-context.ts';
import { type ItemChange, readItemChanges } from './item-changes.ts';
import { sprintIds } from './sprint-stays.ts';

const itemsAtOnce = 500;
const movesAtOnce = 10_000;
const replayedFields: ReadonlySet<string> = new Set(['sprint', 'points', 'status']);

const itemSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  key: z.string(),
  title: z.string(),
  createdAt: z.number().nullable(),
  points: z.number().nullable(),
  statusCategory: workItemSchema.shape.statusCategory,
  originalStatus: z.string().nullable(),
  doneAt: z.number().nullable(),
  sprintExternalId: z.string().nullable(),
});
const statusSchema = z.object({
  status: z.string(),
  category: workItemSchema.shape.statusCategory.unwrap(),
});

/**
 * Returns what the replay of sprints of one source is made of, in parts: the same as a report of one
 * sprint reads at once. A pass looks at many, and must not keep others waiting.
 */
export async function readSprintRows(
  context: SubjectContext,
  source: string,
  sprints: readonly { externalId: string }[],
): Promise<SprintItems> {
  const { store, workspaceId } = context.read;
  const asked = new Set(sprints.map(({ externalId }) => externalId));
  const statuses = await readRows(
    store.read,
    statusSchema,
    Object.keys(statusSchema.shape),
    sql`select distinct w.original_status as "status", w.status_category as "category"
      from work_items w where w.workspace_id = ${workspaceId} and w.source = ${source}
        and w.original_status is not null and w.status_category is not null`,
  );
  await yieldToEventLoop();
  const { moved, hasChangelog } = await readMoved(context, source, asked);
  const named = await readColumns(
    store.read,
    ['externalId'],
    sql`select w.external_id as "externalId" from work_items w where w.workspace_id = ${workspaceId}
      and w.source = ${source} and w.sprint_external_id in
        (select value from json_each(${JSON.stringify([...asked])}))`,
  );
  for (const id of named[0] ?? []) moved.add(String(id));
  const ids = [...moved].toSorted();
  const items: NamedSprintItem[] = [];
  for (let start = 0; start < ids.length; start += itemsAtOnce) {
    const some = await readItems(context, source, ids.slice(start, start + itemsAtOnce));
    for (const item of some) items.push(item);
    await yieldToEventLoop();
  }
  return { items, statuses, hasChangelog };
}

interface Moved {
  /** Ids of items that ever came into one of the sprints, or left it. */
  moved: Set<string>;
  hasChangelog: boolean;
}

/** Goes through all changes of sprints once: an index holds all that is asked of them. */
async function readMoved(
  { read }: SubjectContext,
  source: string,
  asked: ReadonlySet<string>,
): Promise<Moved> {
  const moved = new Set<string>();
  const isAsked = (value: unknown): boolean =>
    typeof value === 'string' && sprintIds(value).some((id) => asked.has(id));
  let hasChangelog = false;
  for (let last: string | null = ''; last !== null; ) {
    const [items = [], froms = [], tos = []] = await readColumns(
      read.store.read,
      ['item', 'from', 'to'],
      sql`select c.work_item_external_id as item, c.from_value as "from", c.to_value as "to"
        from work_item_changes c where c.workspace_id = ${read.workspaceId}
          and c.source = ${source} and c.field = 'sprint' and c.work_item_external_id > ${last}
        order by c.work_item_external_id limit ${movesAtOnce}`,
    );
    hasChangelog ||= items.length > 0;
    const lastItem = String(items.at(-1) ?? '');
    const isLast = items.length < movesAtOnce;
    for (const [position, item] of items.entries()) {
      if (isAsked(froms[position]) || isAsked(tos[position])) moved.add(String(item));
    }
    // What is cut off in the middle of an item is read again with the next part.
    last = isLast ? null : (previousItem(items.map(String), lastItem) ?? lastItem);
    await yieldToEventLoop();
  }
  return { moved, hasChangelog };
}

function previousItem(items: readonly string[], last: string): string | undefined {
  return items.findLast((item) => item !== last);
}

async function readItems(
  context: SubjectContext,
  source: string,
  externalIds: readonly string[],
): Promise<NamedSprintItem[]> {
  const { store, workspaceId } = context.read;
  const rows = await readRows(
    store.read,
    itemSchema,
    Object.keys(itemSchema.shape),
    sql`select w.id, w.external_id as "externalId", w.key, w.title, w.created_at as "createdAt",
        w.points, w.status_category as "statusCategory", w.original_status as "originalStatus",
        w.done_at as "doneAt", w.sprint_external_id as "sprintExternalId"
      from json_each(${JSON.stringify(externalIds)}) asked cross join work_items w
        on w.workspace_id = ${workspaceId} and w.source = ${source} and w.external_id = asked.value`,
  );
  const changes = await readItemChanges(
    context,
    source,
    rows.map(({ externalId }) => externalId),
  );
  return rows.map((row, position) => ({
    ...row,
    changes: (changes[position]?.all ?? []).filter(isReplayed),
  }));
}

function isReplayed({ field }: ItemChange): boolean {
  return replayedFields.has(field);
}
