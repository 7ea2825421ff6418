import { sql } from 'drizzle-orm';
import { type ColumnValue, readColumns } from '../../store/json-columns.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import type { StatusMeanings } from './status-stretches.ts';
import { projectOf } from './work-item-rows.ts';

const hourMs = 3_600_000;
const lookedBackMs = 90 * 24 * hourMs;
/** Below this many, one item more or less would move the figure by a tenth. */
const fewest = 10;
const mostEvidence = 200;
/** The usual share of a service-level expectation. */
const expectedShare = 0.85;

/** What the finished items of a project show of how it works. */
export interface ProjectHabits {
  expectedHours: number | null;
  assignedShare: number | null;
  /** Ids of the finished items that these come from, the last ones: one list for all items of a project. */
  evidence: string[];
}

const names = ['source', 'key', 'id', 'isAssigned', 'hours'] as const;

interface Finished {
  ids: string[];
  hours: number[];
  assigned: number;
}

/** What is found of finished items without reading all of them. */
const finishedForStatuses = 2_000;

/** Returns the statuses, by source and status, that the items done last are in. */
export async function readDoneStatuses({ read, now }: SubjectContext): Promise<Set<string>> {
  const [sources = [], statuses = []] = await readColumns(
    read.store.read,
    ['source', 'status'],
    sql`select distinct source, status from (
        select w.source, w.original_status as status from work_items w
        where w.workspace_id = ${read.workspaceId} and w.done_at > ${now - lookedBackMs}
          and w.done_at <= ${now} and w.status_category = 'done'
        order by w.done_at desc limit ${finishedForStatuses})`,
  );
  return new Set(statuses.map((status, at) => keyOf(String(sources[at]), String(status))));
}

/** Returns, by source and project, how long the work of each project takes, and whether somebody is named to do it. */
export async function readProjectHabits({
  read,
  now,
}: SubjectContext): Promise<Map<string, ProjectHabits>> {
  const columns = await readColumns(
    read.store.read,
    names,
    sql`select w.source, w.key, w.id, w.assignee_account_external_id is not null as "isAssigned",
        case when w.started_at <= w.done_at then (w.done_at - w.started_at) * 1.0 / ${hourMs} end as hours
      from work_items w where w.workspace_id = ${read.workspaceId}
        and w.done_at > ${now - lookedBackMs} and w.done_at <= ${now}
        and w.status_category = 'done' and w.kind not in ('epic', 'subtask')
      order by w.done_at, w.id`,
  );
  const [sources = [], keys = [], ids = [], assigned = [], hours = []] = columns;
  const finished = new Map<string, Finished>();
  for (const [position, id] of ids.entries()) {
    const source = String(sources[position]);
    const project = keyOf(source, projectOf(String(keys[position])));
    const known = finished.get(project) ?? { ids: [], hours: [], assigned: 0 };
    finished.set(project, known);
    known.ids.push(String(id));
    known.assigned += Number(assigned[position]);
    const taken: ColumnValue = hours[position] ?? null;
    if (typeof taken === 'number') known.hours.push(taken);
  }
  return new Map([...finished].map(([project, known]) => [project, habitsOf(known)]));
}

function habitsOf({ ids, hours, assigned }: Finished): ProjectHabits {
  const sorted = hours.toSorted((one, other) => one - other);
  const rank = Math.ceil(expectedShare * sorted.length - 1e-9);
  return {
    expectedHours: sorted.length < fewest ? null : (sorted[rank - 1] ?? null),
    assignedShare: ids.length < fewest ? null : assigned / ids.length,
    evidence: ids.slice(-mostEvidence),
  };
}

/** Returns what the statuses of one source mean, from items that are open and were done. */
export function meaningsOf(
  source: string,
  open: readonly {
    source: string;
    originalStatus: string | null;
    statusCategory: 'to_do' | 'in_progress' | 'done' | null;
  }[],
  doneStatuses: ReadonlySet<string>,
): StatusMeanings {
  const meanings = new Map<string, 'to_do' | 'in_progress' | 'done'>();
  for (const item of open) {
    if (item.source !== source || item.originalStatus === null || item.statusCategory === null) {
      continue;
    }
    meanings.set(item.originalStatus, item.statusCategory);
  }
  const own = keyOf(source, '');
  for (const key of doneStatuses) {
    if (key.startsWith(own)) meanings.set(key.slice(own.length), 'done');
  }
  return meanings;
}
