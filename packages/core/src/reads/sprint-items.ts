import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type {
  SprintItemChange,
  SprintReplayItem,
  SprintSummary,
  StatusMeaning,
} from '../domain.ts';
import { readRows } from '../store/json-columns.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { ReadContext } from './read-context.ts';

const categorySchema = z.enum(['to_do', 'in_progress', 'done']);
const itemSchema = z.object({
  id: z.string(),
  externalId: z.string(),
  key: z.string(),
  title: z.string(),
  createdAt: z.number().nullable(),
  points: z.number().nullable(),
  statusCategory: categorySchema.nullable(),
  originalStatus: z.string().nullable(),
  doneAt: z.number().nullable(),
  sprintExternalId: z.string().nullable(),
});
const changeSchema = z.object({
  workItemExternalId: z.string(),
  field: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  at: z.number(),
});
const statusSchema = z.object({ status: z.string(), category: categorySchema });

export interface NamedSprintItem extends SprintReplayItem {
  id: string;
  key: string;
  title: string;
}

/** What a source shows of the items that were ever in some of its sprints. */
export interface SprintItems {
  items: NamedSprintItem[];
  statuses: StatusMeaning[];
  hasChangelog: boolean;
}

/**
 * Returns the items that are or were in sprints of one source, with what changed of them. An item of
 * a sprint whose id holds another's is among them: which sprint it was in, the replay tells.
 */
export async function readSprintItems(
  context: ReadContext,
  source: string,
  sprints: readonly SprintSummary[],
): Promise<SprintItems> {
  const { store, workspaceId } = context;
  const ids = JSON.stringify(sprints.map(({ externalId }) => externalId));
  const read = <Row>(schema: z.ZodType<Row>, names: readonly string[], inner: SQL) =>
    readRows(store.read, schema, names, inner);
  const ofSource = (alias: string) =>
    sql`${sql.raw(alias)}.workspace_id = ${workspaceId} and ${sql.raw(alias)}.source = ${source}`;
  const everIn = sql`select w.external_id from work_items w
    where ${ofSource('w')} and w.sprint_external_id in (select value from json_each(${ids}))
    union select c.work_item_external_id from work_item_changes c, json_each(${ids}) s
    where ${ofSource('c')} and c.field = 'sprint'
      and (instr(c.from_value, s.value) > 0 or instr(c.to_value, s.value) > 0)`;
  const items = await read(
    itemSchema,
    Object.keys(itemSchema.shape),
    sql`select w.id, w.external_id as "externalId", w.key, w.title, w.created_at as "createdAt",
          w.points, w.status_category as "statusCategory", w.original_status as "originalStatus",
          w.done_at as "doneAt", w.sprint_external_id as "sprintExternalId"
        from work_items w where ${ofSource('w')} and w.external_id in (${everIn})
        order by w.key, w.external_id`,
  );
  const changes = await read(
    changeSchema,
    Object.keys(changeSchema.shape),
    sql`select c.work_item_external_id as "workItemExternalId", c.field, c.from_value as "from",
          c.to_value as "to", c.at
        from work_item_changes c
        where ${ofSource('c')} and c.field in ('sprint', 'points', 'status')
          and c.work_item_external_id in (${everIn})
        order by c.at, c.external_id`,
  );
  const statuses = await read(
    statusSchema,
    Object.keys(statusSchema.shape),
    sql`select distinct w.original_status as "status", w.status_category as "category"
        from work_items w where ${ofSource('w')}
          and w.original_status is not null and w.status_category is not null`,
  );
  const [changelog] = await queryTuples<[number]>(
    store.read,
    sql`select exists (select 1 from work_item_changes c
      where ${ofSource('c')} and c.field = 'sprint')`,
  );
  return { items: withChanges(items, changes), statuses, hasChangelog: changelog?.[0] === 1 };
}

function withChanges(
  items: readonly z.infer<typeof itemSchema>[],
  changes: readonly z.infer<typeof changeSchema>[],
): NamedSprintItem[] {
  const changesOf = new Map<string, SprintItemChange[]>();
  for (const { workItemExternalId, ...change } of changes) {
    const known = changesOf.get(workItemExternalId);
    if (known === undefined) changesOf.set(workItemExternalId, [change]);
    else known.push(change);
  }
  return items.map((item) => ({ ...item, changes: changesOf.get(item.externalId) ?? [] }));
}
