import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { dayOf } from '../calendar/local-time.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import { untilWorkingTime } from './working-time.ts';

const wishSchema = z.object({
  personId: z.string(),
  timeZone: z.string().nullable(),
  fromDay: z.string().nullable(),
  toDay: z.string().nullable(),
});
const zoneSchema = z.object({ personId: z.string(), timeZone: z.string() });
const eventSchema = z.object({
  id: z.string(),
  source: z.string(),
  kind: z.enum(['review', 'review_requested', 'review_request_removed']),
  actor: z.string().nullable(),
  subject: z.string().nullable(),
});

/** Whether and when somebody can be asked. */
export interface Standing {
  isAway: boolean;
  /** @unit ms */
  untilWorkingTime: number | null;
}

/** Returns of everybody who said something of it whether they are away, and when they work. */
export async function loadStandings(
  { store, workspaceId }: ReadContext,
  now: number,
): Promise<Map<string, Standing>> {
  const rows = await readRows(
    store.read,
    wishSchema,
    Object.keys(wishSchema.shape),
    sql`select coalesce(p.merged_into_person_id, p.id) as "personId", c.time_zone as "timeZone",
        c.absent_from_day as "fromDay", c.absent_to_day as "toDay"
      from contact_preferences c join people p on p.id = c.person_id
        and p.workspace_id = c.workspace_id
      where c.workspace_id = ${workspaceId} order by p.merged_into_person_id is null, p.id`,
  );
  const zones = await readRows(
    store.read,
    zoneSchema,
    Object.keys(zoneSchema.shape),
    sql`select coalesce(p.merged_into_person_id, p.id) as "personId", min(a.time_zone) as "timeZone"
      from accounts a join person_accounts l on l.workspace_id = a.workspace_id
        and l.account_source = a.source and l.account_external_id = a.external_id
      join people p on p.id = l.person_id and p.workspace_id = l.workspace_id
      where a.workspace_id = ${workspaceId} and a.time_zone is not null group by 1`,
  );
  const standings = new Map(
    zones.map(({ personId, timeZone }): [string, Standing] => [
      personId,
      { isAway: false, untilWorkingTime: untilWorkingTime(now, timeZone) },
    ]),
  );
  for (const { personId, timeZone, fromDay, toDay } of rows) {
    const today = dayOf(now, timeZone ?? 'UTC');
    const known = standings.get(personId);
    const isAway = fromDay !== null && today >= fromDay && (toDay === null || today <= toDay);
    standings.set(personId, {
      isAway: isAway || known?.isAway === true,
      untilWorkingTime: untilWorkingTime(now, timeZone) ?? known?.untilWorkingTime ?? null,
    });
  }
  return standings;
}

/** Who is asked to review what, and who has reviewed it. */
export interface AskedAccounts {
  source: string;
  /** Asked, and has not answered since. */
  open: ReadonlySet<string>;
  reviewed: ReadonlySet<string>;
}

/** Returns for each open pull request, by its id, which accounts are asked and which have reviewed. */
export async function loadAskedAccounts({
  store,
  workspaceId,
}: ReadContext): Promise<Map<string, AskedAccounts>> {
  const rows = await readRows(
    store.read,
    eventSchema,
    Object.keys(eventSchema.shape),
    sql`select p.id, p.source, e.kind, e.actor_account_external_id as actor,
        e.subject_account_external_id as subject
      from pull_requests p cross join pull_request_events e
        on e.workspace_id = p.workspace_id and e.source = p.source
        and e.pull_request_external_id = p.external_id
      where p.workspace_id = ${workspaceId} and p.state = 'open'
        and e.kind in ('review', 'review_requested', 'review_request_removed')
      order by p.id, e.at, e.id`,
  );
  const found = new Map<string, { source: string; open: Set<string>; reviewed: Set<string> }>();
  for (const { id, source, kind, actor, subject } of rows) {
    const known = found.get(id) ?? { source, open: new Set(), reviewed: new Set() };
    found.set(id, known);
    if (kind === 'review_requested' && subject !== null) known.open.add(subject);
    if (kind === 'review_request_removed' && subject !== null) known.open.delete(subject);
    if (kind !== 'review' || actor === null) continue;
    known.open.delete(actor);
    known.reviewed.add(actor);
  }
  return found;
}
