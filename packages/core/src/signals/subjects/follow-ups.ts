import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readRows } from '../../store/json-columns.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { SubjectContext } from '../subject-context.ts';
import { isOpenItem } from './work-item-rows.ts';

const shortestTitle = 12;
const rowsBetweenYields = 2_000;
const rowSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  createdAt: z.number(),
  isOpen: z.number(),
});

/** A work item that names an incident. */
export interface FollowUp {
  id: string;
  key: string;
  isOpen: boolean;
}

/** What of an incident a work item can name. */
export interface NamedIncident {
  id: string;
  externalId: string;
  title: string;
  createdAt: number;
}

/**
 * Returns the work items that name incidents, by incident: by its id (`Q1ABC`, `INC-42`), by its number
 * beside a word for it (`Incident 42`), or by its whole title. Only what was written since it began
 * counts. Null where no work items are read: then nothing can tell.
 */
export async function readFollowUps(
  context: SubjectContext,
  incidents: readonly NamedIncident[],
): Promise<Map<string, FollowUp[]> | null> {
  const { read, now } = context;
  const some = await queryTuples(
    read.store.read,
    sql`select 1 from work_items where workspace_id = ${read.workspaceId} limit 1`,
  );
  if (some.length === 0) return null;
  const found = new Map<string, FollowUp[]>();
  if (incidents.length === 0) return found;
  const since = incidents.reduce((first, { createdAt }) => Math.min(first, createdAt), now);
  const rows = await readRows(
    read.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select w.id, w.key, w.title, w.created_at as "createdAt",
        case when ${isOpenItem('w')} or w.done_at > ${now} then 1 else 0 end as "isOpen"
      from work_items w where w.workspace_id = ${read.workspaceId}
        and w.created_at >= ${since} and w.created_at <= ${now} order by w.created_at, w.id`,
  );
  const names = namesOf(incidents);
  for (const [position, row] of rows.entries()) {
    if (position % rowsBetweenYields === rowsBetweenYields - 1) await yieldToEventLoop();
    for (const { id, createdAt } of named(row, names)) {
      if (row.createdAt < createdAt) continue;
      const list = found.get(id) ?? [];
      list.push({ id: row.id, key: row.key, isOpen: row.isOpen === 1 });
      found.set(id, list);
    }
  }
  return found;
}

interface Names {
  byToken: ReadonlyMap<string, NamedIncident>;
  byTitle: readonly [string, NamedIncident][];
}

/** What has no digit, or is a bare number, is too common a word to name an incident alone. */
function namesOf(incidents: readonly NamedIncident[]): Names {
  const byToken = new Map<string, NamedIncident>();
  const byTitle: [string, NamedIncident][] = [];
  for (const incident of incidents) {
    const id = incident.externalId.toLowerCase();
    if (/^(?=.*\d)(?=.*[a-z])[\w-]{4,}$/.test(id)) byToken.set(id, incident);
    const number = /^(?:[a-z]+[-_:#])?(\d{1,9})$/.exec(id)?.[1];
    if (number !== undefined) byToken.set(`incident ${Number(number)}`, incident);
    const title = plain(incident.title);
    if (title.length >= shortestTitle && title.includes(' ')) byTitle.push([title, incident]);
  }
  return { byToken, byTitle };
}

const numbered =
  /\b(?:incident|inc|outage|post-?mortem|retrospective|follow-?up)(?:\s+(?:of|for|to|on))?[\s:_#-]*(\d{1,9})\b/g;

function named({ key, title }: z.infer<typeof rowSchema>, names: Names): Set<NamedIncident> {
  const text = `${key} ${title}`.toLowerCase();
  const found = new Set<NamedIncident>();
  const add = (incident: NamedIncident | undefined): void => {
    if (incident !== undefined) found.add(incident);
  };
  for (const [token] of text.matchAll(/[\w-]{4,}/g)) add(names.byToken.get(token));
  for (const [, number] of text.matchAll(numbered)) {
    add(names.byToken.get(`incident ${Number(number)}`));
  }
  const words = names.byTitle.length === 0 ? '' : plain(title);
  for (const [own, incident] of names.byTitle) if (words.includes(own)) add(incident);
  return found;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
