import type { ColumnKit } from '../column-kit.ts';

/** Work that waits for a worker, and events that wait for a listener. */
export function jobTables(kit: ColumnKit) {
  const { table, text, integer, instant, json, index, unique, primaryKey } = kit;
  return {
    jobs: table(
      'jobs',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        kind: text().notNull(),
        /** The row that the job is about: a job carries no more. */
        subjectId: text().notNull(),
        /** Groups take turns, so that one busy group does not hold up another. */
        groupKey: text().notNull(),
        /** At most one waiting job has it; null for none. */
        dedupeKey: text(),
        status: text().$type<'queued' | 'running' | 'done' | 'dead'>().notNull(),
        runAt: instant().notNull(),
        attempts: integer().notNull(),
        maxAttempts: integer().notNull(),
        holder: text(),
        fence: integer().notNull(),
        leaseExpiresAt: instant(),
        lastError: text(),
        createdAt: instant().notNull(),
        finishedAt: instant(),
      },
      (t) => [
        index('jobs_due').on(t.status, t.runAt),
        index('jobs_group').on(t.status, t.groupKey, t.runAt),
        index('jobs_dedupe').on(t.workspaceId, t.dedupeKey, t.status),
      ],
    ),
    jobSchedules: table(
      'job_schedules',
      {
        workspaceId: text().notNull(),
        name: text().notNull(),
        kind: text().notNull(),
        cron: text().notNull(),
        timeZone: text().notNull(),
        catchUpMs: integer().notNull(),
        jitterMs: integer().notNull(),
        nextRunAt: instant().notNull(),
        lastRunAt: instant(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
    ),
    outbox: table(
      'outbox',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        /** Noun-verb: `action.approved`. */
        event: text().notNull(),
        subjectId: text().notNull(),
        detail: json<Record<string, unknown>>().notNull(),
        createdAt: instant().notNull(),
        deliveredAt: instant(),
        attempts: integer().notNull(),
        nextAttemptAt: instant().notNull(),
        deadAt: instant(),
        lastError: text(),
      },
      (t) => [
        index('outbox_due').on(t.deliveredAt, t.nextAttemptAt),
        unique('outbox_order').on(t.workspaceId, t.id),
        // What of one subject is not yet delivered is asked for each event.
        index('outbox_subject').on(t.workspaceId, t.subjectId, t.id),
      ],
    ),
  };
}
