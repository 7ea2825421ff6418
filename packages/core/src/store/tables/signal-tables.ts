import { sql } from 'drizzle-orm';
import type {
  SignalFacts,
  SignalHistoryKind,
  SignalSeverity,
  SignalSubjectKind,
  SuggestedAction,
} from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** What rules found, and what became of it. */
export function signalTables(kit: ColumnKit) {
  const { table, text, integer, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    signalFindings: table(
      'signal_findings',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        fingerprint: text().notNull(),
        ruleId: text().notNull(),
        ruleVersion: integer().notNull(),
        subjectKind: text().$type<SignalSubjectKind>().notNull(),
        subjectId: text().notNull(),
        subjectKey: text().notNull(),
        subjectTitle: text(),
        repository: text(),
        teamId: text(),
        severity: text().$type<SignalSeverity>().notNull(),
        state: text().$type<'open' | 'resolved'>().notNull(),
        since: instant().notNull(),
        openedAt: instant().notNull(),
        resolvedAt: instant(),
        openedCount: integer().notNull(),
        sentence: text().notNull(),
        facts: json<SignalFacts>().notNull(),
        evidence: json<string[]>().notNull(),
        judgedAt: instant().notNull(),
        suggestions: json<SuggestedAction[]>().notNull(),
        /** Since when it is over, while its rule waits to close it. */
        clearSince: instant(),
        /** Whether hosts were told of it: false while the rule has opened too many in a day. */
        isAnnounced: flag().notNull(),
        snoozedUntil: instant(),
        assignedPersonId: text(),
      },
      (t) => [
        unique('signal_findings_key').on(t.workspaceId, t.fingerprint),
        index('signal_findings_open').on(t.workspaceId, t.ruleId).where(sql`state = 'open'`),
        index('signal_findings_resolved').on(t.workspaceId, t.resolvedAt),
        index('signal_findings_subject').on(t.workspaceId, t.subjectId),
      ],
    ),
    signalHistory: table(
      'signal_history',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        findingId: text().notNull(),
        at: instant().notNull(),
        kind: text().$type<SignalHistoryKind>().notNull(),
        actor: text().notNull(),
        detail: json<Record<string, unknown>>().notNull(),
      },
      (t) => [unique('signal_history_key').on(t.workspaceId, t.findingId, t.at, t.kind)],
    ),
    /** What nobody wants to hear of: a rule, a rule of one subject. */
    signalMutes: table(
      'signal_mutes',
      {
        workspaceId: text().notNull(),
        ruleId: text().notNull(),
        /** Empty for every subject of the rule. */
        subjectId: text().notNull(),
        mutedBy: text().notNull(),
        mutedAt: instant().notNull(),
        reason: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.ruleId, t.subjectId] })],
    ),
    /** How each rule was run last. */
    signalRuleRuns: table(
      'signal_rule_runs',
      {
        workspaceId: text().notNull(),
        ruleId: text().notNull(),
        ruleVersion: integer().notNull(),
        ranAt: instant().notNull(),
        judged: integer().notNull(),
        open: integer().notNull(),
        unknown: integer().notNull(),
        unknownReason: text(),
        /** How many streams had been read to their end when it ran: with one more it looks at all again. */
        streamsRead: integer().notNull().default(0),
        /** Why the whole rule could not be run; null where it could. */
        error: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.ruleId] })],
    ),
  };
}
