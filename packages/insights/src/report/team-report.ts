import {
  instantSchema,
  metricPartSchema,
  metricPointSchema,
  metricUnitSchema,
  metricValueSchema,
  percentilesSchema,
  windowSchema,
} from '@adjutant/core/domain';
import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';

const count = z.number().int().nonnegative();

/** How many rows lie in one range of durations; `toHours` null is open-ended. */
const durationBandSchema = z.object({
  label: z.string(),
  fromHours: z.number(),
  toHours: z.number().nullable(),
  count,
});
export type DurationBand = z.infer<typeof durationBandSchema>;

/** One figure with all that is needed to judge it, and the rows that made it. */
export const figureSchema = percentilesSchema.extend({
  id: z.string(),
  title: z.string(),
  unit: metricUnitSchema,
  definition: z.string(),
  definitionVersion: z.number().int(),
  value: z.number().nullable(),
  sampleSize: count,
  parts: z.array(metricPartSchema),
  series: z.array(metricPointSchema),
  /** Spread of the rows' own durations; null where the rows carry none. */
  distribution: z.array(durationBandSchema).nullable(),
  caveats: z.array(z.string()),
  /** Codes of gaps; their sentences stand in the report's `gaps`. */
  gaps: z.array(z.string()),
  /** Why the value is null; null where it is not. */
  unknownReason: z.string().nullable(),
  evidence: evidenceSchema,
});
export type Figure = z.infer<typeof figureSchema>;

/** What is missing, truncated or estimated, in a sentence. */
export const reportGapSchema = z.object({
  code: z.string(),
  message: z.string(),
  source: z.string(),
  scope: z.string(),
  affectedCount: z.number().int().nullable(),
});
export type ReportGap = z.infer<typeof reportGapSchema>;

const comparedSchema = metricValueSchema.pick({
  window: true,
  value: true,
  sampleSize: true,
  p50: true,
  p90: true,
});

/** The last four weeks beside the time before. */
export const comparisonSchema = z.object({
  metricId: z.string(),
  before: comparedSchema,
  after: comparedSchema,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** How the commits of the window spread over people. No one is named. */
const contributorSpreadSchema = z.object({
  /** Distinct people seen; null where the rows do not show them. */
  people: count.nullable(),
  /**
   * The largest part that one person has in the commits read, rounded down to a tenth; null of fewer
   * than five people, and where people are not told apart.
   */
  largestShare: z.number().min(0).max(1).nullable(),
  commitsRead: count,
});

const releaseRhythmSchema = z.object({
  last: evidenceSchema.shape.rows.element.nullable(),
  evidence: evidenceSchema,
  /** Median time between releases; null below three releases. @unit days */
  medianGapDays: z.number().nullable(),
  /** Merges (commits where merges are invisible) since the last release; null without a release. */
  waiting: evidenceSchema.nullable(),
  waitingKind: z.enum(['merge', 'commit']),
});

/** One repository of the report. */
export const reportRepositorySchema = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  /** An https page of a known code host; null otherwise. */
  url: z.string().nullable(),
  mergeStyle: z.enum(['merge', 'squash', 'mixed', 'linear']).nullable(),
  commitCount: count,
  mergedCount: count,
  firstCommitAt: instantSchema.nullable(),
  lastCommitAt: instantSchema.nullable(),
  commits: evidenceSchema,
  merges: evidenceSchema,
  releases: releaseRhythmSchema,
  contributors: contributorSpreadSchema,
});
export type ReportRepository = z.infer<typeof reportRepositorySchema>;

/** Merges by the marks that coding tools left. `unmarked` is unknown, never human. */
const aiMarkCountSchema = z.object({
  window: windowSchema,
  total: count,
  agentAuthored: count,
  assisted: count,
  declaredNone: count,
  unmarked: count,
});
export type AiMarkCount = z.infer<typeof aiMarkCountSchema>;

export const aiMarksSchema = z.object({
  subject: z.enum(['merge', 'commit']),
  /** Null where it must not be shown, or nothing was read. */
  overall: aiMarkCountSchema.nullable(),
  before: aiMarkCountSchema.nullable(),
  after: aiMarkCountSchema.nullable(),
  tools: z.array(z.object({ tool: z.string(), count })),
  unknownReason: z.string().nullable(),
  /** The marked subjects; a mark stands in `values`. */
  evidence: evidenceSchema,
});
export type AiMarks = z.infer<typeof aiMarksSchema>;

const peopleSchema = z.object({
  humans: count,
  codingAgents: count,
  serviceBots: count,
  /** Names in alphabetical order and nothing else about them: enough to see a wrong merge of identities. */
  roster: z.array(z.string()).max(200),
  rosterTotal: count,
});

/** One thing worth looking at. */
export const findingSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** 0 to 100; orders findings among themselves and says nothing else. */
  severity: z.number().min(0).max(100),
  sentence: z.string(),
  /** What to do next, in one sentence. */
  next: z.string(),
  /** Figures of the report that the sentence stands on. */
  figureIds: z.array(z.string()),
  evidence: evidenceSchema,
});
export type Finding = z.infer<typeof findingSchema>;

/** What one rule came to. */
export const ruleOutcomeSchema = z.object({
  ruleId: z.string(),
  title: z.string(),
  outcome: z.enum(['found', 'clear', 'unknown']),
  reason: z.string().nullable(),
});
export type RuleOutcome = z.infer<typeof ruleOutcomeSchema>;

/** A team report as plain data: it can be kept as JSON and read back with this schema. */
export const teamReportSchema = z.object({
  schemaVersion: z.literal(1),
  title: z.string(),
  team: z.string().nullable(),
  asOf: instantSchema,
  syncedAt: instantSchema.nullable(),
  window: windowSchema,
  /** The zone that days and weeks are counted in; reports kept before there was one are in UTC. */
  timeZone: z.string().default('UTC'),
  /** Why the window does not end now; null where it does. */
  windowNote: z.string().nullable(),
  people: peopleSchema,
  /** Distinct people among the work of the window; null where unknown. */
  contributors: count.nullable(),
  repositories: z.array(reportRepositorySchema),
  figures: z.array(figureSchema),
  comparisons: z.array(comparisonSchema),
  openWork: z.object({
    /** Null where no source shows open work. */
    count: count.nullable(),
    oldestHours: z.number().nullable(),
    evidence: evidenceSchema,
  }),
  aiMarks: aiMarksSchema,
  /** How merges reach the default branch and what follows for the figures. */
  mergeStyleNotes: z.array(z.string()),
  /** What a token to the code host would add; null where nothing is hidden. */
  tokenWouldAdd: z.string().nullable(),
  gaps: z.array(reportGapSchema),
  findings: z.array(findingSchema).max(3),
  /** What there is to say when fewer than three things stand out. */
  findingsNote: z.string().nullable(),
  checks: z.array(ruleOutcomeSchema),
});
export type TeamReport = z.infer<typeof teamReportSchema>;

/** What rules look at: the report before anything was found in it. */
export type ReportFacts = Omit<TeamReport, 'findings' | 'findingsNote' | 'checks'>;
