import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentRoleSchema } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { readRows } from '../store/json-columns.ts';
import type { IncidentFollowUp, IncidentRoleHolder } from './handle.ts';

const holderSchema = z.object({
  role: incidentRoleSchema,
  personId: z.string(),
  displayName: z.string(),
  givenAt: z.number(),
});
const followUpSchema = z.object({
  id: z.string(),
  reference: z.string(),
  workItemId: z.string().nullable(),
  isOpen: z.number().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  dueDay: z.string().nullable(),
});
const caredSchema = z.object({ incidentId: z.string(), hasLead: z.number() });
const itemSchema = z.object({
  incidentId: z.string(),
  id: z.string().nullable(),
  isOpen: z.number().nullable(),
});

/**
 * The work item of a follow-up, by its key where it was read only after somebody had written it down;
 * trackers write keys as they were or in capitals. None where two have that key, as when it was written.
 */
const itemOfFollowUp = sql`coalesce(f.work_item_id, (select case when count(*) = 1 then min(k.id) end
  from work_items k where k.workspace_id = f.workspace_id
    and k.key in (f.reference, upper(f.reference))))`;

/** Returns who has which role in an incident, under the names that people have after all merges. */
export function readRoles(
  database: Database,
  workspaceId: string,
  incidentId: string,
): Promise<IncidentRoleHolder[]> {
  return readRows(
    database,
    holderSchema,
    Object.keys(holderSchema.shape),
    sql`select r.role, named.id as "personId", named.display_name as "displayName",
        r.given_at as "givenAt"
      from incident_roles r join people p on p.id = r.person_id and p.workspace_id = r.workspace_id
      join people named on named.id = coalesce(p.merged_into_person_id, p.id)
        and named.workspace_id = p.workspace_id
      where r.workspace_id = ${workspaceId} and r.incident_id = ${incidentId}
      order by case r.role when 'lead' then 0 when 'communication' then 1 else 2 end`,
  );
}

/** Returns what is to be done because of an incident, what is due first first. */
export async function readIncidentFollowUps(
  database: Database,
  workspaceId: string,
  incidentId: string,
): Promise<IncidentFollowUp[]> {
  const rows = await readRows(
    database,
    followUpSchema,
    Object.keys(followUpSchema.shape),
    sql`select f.id, f.reference, w.id as "workItemId",
        case when w.id is null then null else w.done_at is null end as "isOpen",
        named.id as "ownerId", named.display_name as "ownerName", f.due_day as "dueDay"
      from incident_follow_ups f
      left join work_items w on w.id = ${itemOfFollowUp} and w.workspace_id = f.workspace_id
      left join people p on p.id = f.owner_person_id and p.workspace_id = f.workspace_id
      left join people named on named.id = coalesce(p.merged_into_person_id, p.id)
        and named.workspace_id = p.workspace_id
      where f.workspace_id = ${workspaceId} and f.incident_id = ${incidentId}
      order by f.due_day is null, f.due_day, f.created_at, f.id`,
  );
  return rows.map(({ isOpen, ownerId, ownerName, ...row }) => ({
    ...row,
    isOpen: isOpen === null ? null : isOpen === 1,
    owner:
      ownerId === null || ownerName === null ? null : { personId: ownerId, displayName: ownerName },
  }));
}

/** What somebody named as a follow-up. */
export interface NamedFollowUp {
  /** Of its work item; null where it is a pull request, or is not read here. */
  id: string | null;
  /** Null where that is not read. */
  isOpen: boolean | null;
}

/** What people here said of incidents, as of an instant. */
export interface IncidentCare {
  /** Null where nobody here ever took a lead: then nothing tells. */
  hasLead(incidentId: string): boolean | null;
  followUps(incidentId: string): readonly NamedFollowUp[];
}

/** Returns who leads what and what follows from what, for the subjects of signals. */
export async function loadIncidentCare(
  { store, workspaceId }: Pick<ReadContext, 'store' | 'workspaceId'>,
  now: number,
): Promise<IncidentCare> {
  const led = await readRows(
    store.read,
    caredSchema,
    Object.keys(caredSchema.shape),
    sql`select incident_id as "incidentId", 1 as "hasLead" from incident_roles
      where workspace_id = ${workspaceId} and role = 'lead' and given_at <= ${now}`,
  );
  const items = await readRows(
    store.read,
    itemSchema,
    Object.keys(itemSchema.shape),
    sql`select f.incident_id as "incidentId", w.id,
        case when w.id is null then null else coalesce(w.done_at > ${now}, 1) end as "isOpen"
      from incident_follow_ups f left join work_items w on w.id = ${itemOfFollowUp}
        and w.workspace_id = f.workspace_id
      where f.workspace_id = ${workspaceId} and f.created_at <= ${now} order by f.created_at, f.id`,
  );
  const leads = new Set(led.map(({ incidentId }) => incidentId));
  const byIncident = Map.groupBy(items, ({ incidentId }) => incidentId);
  return {
    hasLead: (incidentId) => (leads.size === 0 ? null : leads.has(incidentId)),
    followUps: (incidentId) =>
      (byIncident.get(incidentId) ?? []).map(({ id, isOpen }) => ({
        id,
        isOpen: isOpen === null ? null : isOpen === 1,
      })),
  };
}
