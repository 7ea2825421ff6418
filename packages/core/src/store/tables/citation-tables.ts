import type { ColumnKit } from '../column-kit.ts';

/** What answers were cited by. Nothing of it names a person. */
export function citationTables(kit: ColumnKit) {
  const { table, text, integer, real, instant, json, index, primaryKey } = kit;
  return {
    metricCitations: table(
      'metric_citations',
      {
        workspaceId: text().notNull(),
        citationId: text().notNull(),
        metricId: text().notNull(),
        definitionVersion: integer().notNull(),
        /** Everything that was asked, its window resolved, as canonical JSON. */
        question: json<Record<string, unknown>>().notNull(),
        /** The team that it was asked for; null for the whole workspace. */
        teamId: text(),
        value: real(),
        sampleSize: integer().notNull(),
        p50: real(),
        p75: real(),
        p90: real(),
        /** Codes of the gaps that stood beside it. */
        gaps: json<string[]>().notNull(),
        evidenceCount: integer().notNull(),
        /** Over the ids of the rows that made it and the columns that were read of them. */
        evidenceDigest: text().notNull(),
        computedAt: instant().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.citationId] }),
        index('metric_citations_by_age').on(t.workspaceId, t.computedAt),
        index('metric_citations_by_evidence').on(t.workspaceId, t.evidenceDigest),
      ],
    ),
    /** The rows behind citations, where they are few; one list serves every citation that has them. */
    citedEvidence: table(
      'cited_evidence',
      {
        workspaceId: text().notNull(),
        evidenceDigest: text().notNull(),
        /** The id of each row, with a digest of the columns that were read of it. */
        rows: json<[id: string, digest: string][]>().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.evidenceDigest] })],
    ),
  };
}
