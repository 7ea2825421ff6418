import { sql } from 'drizzle-orm';
import { type ColumnValue, readColumns } from '../../store/json-columns.ts';
import type { SubjectContext } from '../subject-context.ts';

/** One field of a work item that changed. */
export interface ItemChange {
  id: string;
  field: string;
  from: string | null;
  to: string | null;
  at: number;
  actor: string | null;
}

const names = ['item', 'id', 'field', 'from', 'to', 'at', 'actor'] as const;

/**
 * Returns what changed of work items of one source, in the order of the items given, of each the
 * earliest first. Changes that came after the instant are among them: they tell what was before.
 */
export async function readItemChanges(
  { read }: SubjectContext,
  source: string,
  externalIds: readonly string[],
): Promise<ItemChange[][]> {
  const columns = await readColumns(
    read.store.read,
    names,
    sql`select asked.key as item, c.id, c.field, c.from_value as "from", c.to_value as "to", c.at,
        c.actor_account_external_id as actor
      from json_each(${JSON.stringify(externalIds)}) asked cross join work_item_changes c
        on c.workspace_id = ${read.workspaceId} and c.source = ${source}
        and c.work_item_external_id = asked.value
      where c.field in ('status', 'sprint', 'flagged', 'assignee', 'duedate', 'points', 'title')
      order by c.at, length(c.external_id), c.external_id`,
  );
  const changes = externalIds.map((): ItemChange[] => []);
  const [items = [], ids = [], fields = [], froms = [], tos = [], ats = [], actors = []] = columns;
  for (const [position, item] of items.entries()) {
    changes[Number(item)]?.push({
      id: String(ids[position]),
      field: String(fields[position]),
      from: textOf(froms[position]),
      to: textOf(tos[position]),
      at: Number(ats[position]),
      actor: textOf(actors[position]),
    });
  }
  return changes;
}

function textOf(value: ColumnValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Returns the changes of one field, in the order that they have. */
export function changesOf(changes: readonly ItemChange[], field: string): ItemChange[] {
  return changes.filter((change) => change.field === field);
}

/** Returns what a field was at an instant; `present` is what it is now. */
export function valueAt(
  changes: readonly ItemChange[],
  at: number,
  present: string | null,
): string | null {
  const next = changes.find((change) => change.at > at);
  return next === undefined ? present : next.from;
}

/** Returns the last change up to an instant. */
export function lastChange(changes: readonly ItemChange[], at: number): ItemChange | null {
  return changes.findLast((change) => change.at <= at) ?? null;
}
