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

/** What changed of one item, the earliest first: all of it, and field by field. */
export interface ItemChanges {
  all: ItemChange[];
  byField: Map<string, ItemChange[]>;
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
): Promise<ItemChanges[]> {
  const columns = await readColumns(
    read.store.read,
    names,
    sql`select asked.key as item, c.id, c.field, c.from_value as "from", c.to_value as "to", c.at,
        c.actor_account_external_id as actor
      from json_each(${JSON.stringify(externalIds)}) asked cross join work_item_changes c
        on c.workspace_id = ${read.workspaceId} and c.source = ${source}
        and c.work_item_external_id = asked.value
      where c.field in ('status', 'sprint', 'flagged', 'assignee', 'duedate', 'points', 'title')`,
  );
  const changes = externalIds.map((): ItemChanges => ({ all: [], byField: new Map() }));
  const [items = [], ids = [], fields = [], froms = [], tos = [], ats = [], actors = []] = columns;
  for (const [position, item] of items.entries()) {
    const change = {
      id: String(ids[position]),
      field: String(fields[position]),
      from: textOf(froms[position]),
      to: textOf(tos[position]),
      at: Number(ats[position]),
      actor: textOf(actors[position]),
    };
    changes[Number(item)]?.all.push(change);
  }
  for (const { all, byField } of changes) {
    // To sort them there costs more than to read them.
    all.sort(inTime);
    for (const change of all) {
      const ofField = byField.get(change.field);
      if (ofField === undefined) byField.set(change.field, [change]);
      else ofField.push(change);
    }
  }
  return changes;
}

/** Those of one instant as they were written: a source tells them in their order. */
function inTime(one: ItemChange, other: ItemChange): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1);
}

function textOf(value: ColumnValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const none: readonly ItemChange[] = [];

/** Returns the changes of one field, in the order that they have. */
export function changesOf({ byField }: ItemChanges, field: string): readonly ItemChange[] {
  return byField.get(field) ?? none;
}

/** Returns the changes of an item of which none is known. */
export function noChanges(): ItemChanges {
  return { all: [], byField: new Map() };
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
