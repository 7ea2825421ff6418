import type { ColumnKit } from '../column-kit.ts';
import type { IncidentRole } from '../../domain.ts';

/** What people here do about incidents: ours, no source's. */
export function incidentTables(kit: ColumnKit) {
  const { table, text, instant, index, primaryKey } = kit;
  return {
    incidentRoles: table(
      'incident_roles',
      {
        workspaceId: text().notNull(),
        incidentId: text().notNull(),
        role: text().$type<IncidentRole>().notNull(),
        personId: text().notNull(),
        givenBy: text().notNull(),
        givenAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.incidentId, t.role] })],
    ),
    incidentFollowUps: table(
      'incident_follow_ups',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        incidentId: text().notNull(),
        /** The key of a work item or pull request: no free text. */
        reference: text().notNull(),
        /** Where it is a work item that is read here. */
        workItemId: text(),
        ownerPersonId: text(),
        dueDay: text(),
        createdBy: text().notNull(),
        createdAt: instant().notNull(),
      },
      (t) => [index('incident_follow_ups_incident').on(t.workspaceId, t.incidentId)],
    ),
  };
}
