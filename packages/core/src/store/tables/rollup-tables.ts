import type { MetricUnit } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Weekly values of metrics, and what is known of how far they are kept up. */
export function rollupTables(kit: ColumnKit) {
  const { table, text, integer, real, instant, json, primaryKey } = kit;
  return {
    /**
     * What the weekly values of one kind of row were computed from. While a workspace has any, triggers
     * mark what changes; deleting a workspace therefore takes these first.
     */
    rollupStates: table(
      'rollup_states',
      {
        workspaceId: text().notNull(),
        /** Subject and window column; empty for what holds for all of them. */
        groupKey: text().notNull(),
        state: json<Record<string, unknown>>().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.groupKey] })],
    ),
    /** Days on which rows of a subject changed since their weeks were computed; written by triggers. */
    rollupMarks: table(
      'rollup_marks',
      {
        workspaceId: text().notNull(),
        subject: text().notNull(),
        /** The instant column that lies on the day. */
        windowColumn: text().notNull(),
        /** Days since 1970 in UTC. */
        day: integer().notNull(),
        /** Whose rows they are; empty where it may be anybody's. */
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        /** Rises with each mark, so that one made meanwhile is not taken for one already dealt with. */
        times: integer().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [
            t.workspaceId,
            t.subject,
            t.windowColumn,
            t.day,
            t.source,
            t.repositoryExternalId,
          ],
        }),
      ],
    ),
    /** One metric, or one part of it, of one week in one scope. */
    metricRollups: table(
      'metric_rollups',
      {
        workspaceId: text().notNull(),
        metricId: text().notNull(),
        scopeKind: text().$type<'workspace' | 'team' | 'service' | 'repository'>().notNull(),
        /** Empty for the workspace; a team's id, a service's key, a repository's external id. */
        scopeKey: text().notNull(),
        weekStart: instant().notNull(),
        weekEnd: instant().notNull(),
        /** Empty for the figure itself. */
        part: text().notNull(),
        definitionVersion: integer().notNull(),
        unit: text().$type<MetricUnit>().notNull(),
        /** Null where unknown, never 0 for it. */
        value: real(),
        sampleSize: integer().notNull(),
        p50: real(),
        p75: real(),
        p90: real(),
        /** When this value was first computed. */
        computedAt: instant().notNull(),
        /** How often late data changed the week after it had been computed. */
        revision: integer().notNull(),
        correctedAt: instant(),
        /** What stood here before the last correction. */
        previousValue: real(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.metricId, t.scopeKind, t.scopeKey, t.weekStart, t.part],
        }),
      ],
    ),
    /** The gaps that touch a metric in a scope, for whoever reads its weeks by SQL. */
    metricRollupGaps: table(
      'metric_rollup_gaps',
      {
        workspaceId: text().notNull(),
        metricId: text().notNull(),
        scopeKind: text().notNull(),
        scopeKey: text().notNull(),
        codes: json<string[]>().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.metricId, t.scopeKind, t.scopeKey] })],
    ),
  };
}
