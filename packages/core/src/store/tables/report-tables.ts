import type { ReportDoor, ReportVisibility } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** What people say of their days, when they want to be reminded, and which hours they call theirs. */
export function reportTables(kit: ColumnKit) {
  const { table, text, integer, instant, json, index, unique, primaryKey } = kit;
  return {
    progressReports: table(
      'progress_reports',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        authorPersonId: text().notNull(),
        day: text().notNull(),
        /** In which the day was meant. */
        timeZone: text().notNull(),
        did: text(),
        next: text(),
        blockers: text(),
        visibility: text().$type<ReportVisibility>().notNull(),
        revision: integer().notNull(),
        submittedVia: text().$type<ReportDoor>().notNull(),
        createdAt: instant().notNull(),
        updatedAt: instant().notNull(),
      },
      (t) => [
        unique('progress_reports_key').on(t.workspaceId, t.authorPersonId, t.day),
        // Whose it is too, so that a page and its count look at no row.
        index('progress_reports_shared').on(
          t.workspaceId,
          t.visibility,
          t.day,
          t.id,
          t.authorPersonId,
        ),
      ],
    ),
    /** What a report said before; goes with the report. */
    progressReportRevisions: table(
      'progress_report_revisions',
      {
        workspaceId: text().notNull(),
        reportId: text().notNull(),
        revision: integer().notNull(),
        did: text(),
        next: text(),
        blockers: text(),
        submittedVia: text().$type<ReportDoor>().notNull(),
        writtenAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.reportId, t.revision] })],
    ),
    /** Whoever asked to be reminded; nobody else is. */
    reportReminders: table(
      'report_reminders',
      {
        workspaceId: text().notNull(),
        personId: text().notNull(),
        /** `16:30`, in the person's zone. */
        atTime: text().notNull(),
        /** 1 is Monday. */
        weekdays: json<number[]>().notNull(),
        askedAt: instant().notNull(),
        /** So that nobody is reminded of a day twice. */
        lastRemindedDay: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.personId] })],
    ),
    /** The hours that somebody declared as theirs; nobody is asked for them, and nobody else reads them. */
    declaredHours: table(
      'declared_hours',
      {
        workspaceId: text().notNull(),
        personId: text().notNull(),
        timeZone: text().notNull(),
        weekdays: json<number[]>().notNull(),
        fromTime: text().notNull(),
        toTime: text().notNull(),
        declaredAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.personId] })],
    ),
  };
}
