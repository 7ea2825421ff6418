import { z } from 'zod';
import { aiEvidenceSchema } from './ai-evidence.ts';
import { type Window, windowSchema } from './metric-value.ts';
import { instantSchema } from './primitives.ts';

/** What the marks of a change say of coding tools. Without a mark it is unknown, never human. */
export const aiClassSchema = z.enum([...aiEvidenceSchema.shape.class.options, 'unknown']);
export type AiClass = z.infer<typeof aiClassSchema>;

/** One pull request, as the comparison sees it. Whatever is not known is null. */
export interface AiImpactRow {
  aiClass: AiClass;
  /** Tells authors apart and nothing else; null where a coding agent wrote it or nobody is known. It never leaves the comparison. */
  authorKey: string | null;
  /** How long it took. @unit hours */
  hours: number | null;
  /** The repository's name. */
  repository: string;
  /** Lines added and deleted. */
  sizeLines: number | null;
  workType: string | null;
  /** Whether it was reverted within 30 days of its merge; null where those have not passed. */
  wasReverted30d: boolean | null;
  reworkRounds: number | null;
  mergedWithoutReview: boolean | null;
  mergedAt: number | null;
  /** Not merged yet: it is counted beside the comparison and stands in none of its figures. */
  isOpen: boolean;
}

const figure = z.number().nullable();
const interval = z.object({ low: z.number(), high: z.number() }).nullable();

/** Pull requests by class; their sum is all of them. */
export const aiClassCountsSchema = z.object({
  agent_authored: z.number().int(),
  assisted: z.number().int(),
  declared_none: z.number().int(),
  unknown: z.number().int(),
});
export type AiClassCounts = z.infer<typeof aiClassCountsSchema>;

/** One side of the comparison. Counts are null where they would tell of fewer than five people. */
export const aiImpactArmSchema = z.object({
  id: z.enum(['assisted', 'declared_none']),
  pullRequests: z.number().int().nullable(),
  people: z.number().int().nullable(),
  /** Of the pull requests, those whose duration is known. */
  withDuration: z.number().int().nullable(),
  medianHours: figure,
  p75Hours: figure,
  p90Hours: figure,
});
export type AiImpactArm = z.infer<typeof aiImpactArmSchema>;

/** How far assisted pull requests lie from those declared as made without help. @unit hours */
export const aiImpactSpeedSchema = z.object({
  /** Median of the assisted less median of the others. */
  medianDifferenceHours: figure,
  medianDifferenceInterval: interval,
  /** Hodges–Lehmann shift: the middle of all differences between one of each. */
  shiftHours: figure,
  shiftInterval: interval,
  cliffsDelta: figure,
  cliffsDeltaBand: z.enum(['negligible', 'small', 'medium', 'large']).nullable(),
  mannWhitneyU: figure,
  pValue: figure,
  /** Corrected for asking about several figures at once (Benjamini–Hochberg). */
  adjustedPValue: figure,
  resamples: z.number().int(),
  /** Set where the intervals come from a sample of the pull requests: how many of each arm at most. */
  sampledPerArm: z.number().int().nullable(),
});
export type AiImpactSpeed = z.infer<typeof aiImpactSpeedSchema>;

/** Pull requests of one repository, size band and work type. */
export const aiImpactStratumSchema = z.object({
  repository: z.string(),
  sizeBand: z.string(),
  workType: z.string(),
  assisted: z.number().int(),
  declaredNone: z.number().int(),
  medianDifferenceHours: z.number(),
});
export type AiImpactStratum = z.infer<typeof aiImpactStratumSchema>;

/** The pooled difference beside the one within alike pull requests. */
export const aiImpactStrataSchema = z.object({
  pooledDifferenceHours: figure,
  /** Differences of the strata, each weighted by how much it can tell; null without a stratum. */
  stratifiedDifferenceHours: figure,
  /** Whether the two point opposite ways: the mix of work then explains the pooled one. Null where either is unknown. */
  simpson: z.boolean().nullable(),
  strata: z.array(aiImpactStratumSchema),
  /** Pull requests of both arms in no stratum above: too few people in it, or only one arm. */
  pullRequestsOutside: z.number().int(),
});
export type AiImpactStrata = z.infer<typeof aiImpactStrataSchema>;

const qualitySide = z.object({
  value: figure,
  /** Of how many pull requests this is known. */
  sampleSize: z.number().int().nullable(),
  /** 95 %: Wilson for shares; null for medians. */
  interval,
});

/** What stands beside speed, so that speed never stands alone. */
export const aiImpactQualitySchema = z.object({
  id: z.enum(['reverted_30d', 'merged_without_review', 'rework_rounds', 'size_lines']),
  title: z.string(),
  unit: z.enum(['share', 'count']),
  assisted: qualitySide,
  declaredNone: qualitySide,
  pValue: figure,
  adjustedPValue: figure,
});
export type AiImpactQuality = z.infer<typeof aiImpactQualitySchema>;

/** What can be said of assisted pull requests beside those declared as made without help. */
export const aiImpactComparisonSchema = z.object({
  /** The weeks compared: of those asked for, from the first to the last in which five people or more merged. Null where no window was given. */
  window: windowSchema.nullable(),
  /** `counts_only`: enough people, too few pull requests. `insufficient_data`: too few people, or no second arm. */
  status: z.enum(['compared', 'counts_only', 'insufficient_data']),
  /** The result in one sentence. It says "associated with", never "caused". */
  statement: z.string(),
  coverage: z.object({
    merged: z.number().int(),
    /** Authors that are known as people; null where there are fewer than five. */
    people: z.number().int().nullable(),
    /** Null where they would tell of fewer than five people. */
    classes: aiClassCountsSchema.nullable(),
    unknownShare: figure,
    /** Open pull requests, whose duration is not over. */
    open: z.number().int(),
  }),
  arms: z.object({ assisted: aiImpactArmSchema, declaredNone: aiImpactArmSchema }),
  speed: aiImpactSpeedSchema.nullable(),
  strata: aiImpactStrataSchema.nullable(),
  quality: z.array(aiImpactQualitySchema),
  /** The smallest relative difference that so many pull requests would show four times of five. */
  smallestDetectableShare: figure,
  floors: z.object({ peoplePerArm: z.number().int(), pullRequestsPerArm: z.number().int() }),
  seed: z.number().int(),
  caveats: z.array(z.string()),
});
export type AiImpactComparison = z.infer<typeof aiImpactComparisonSchema>;

/** One week of merged pull requests by class. */
export const aiAdoptionWeekSchema = z.object({
  start: instantSchema,
  end: instantSchema,
  merged: z.number().int(),
  /** Null where they would tell of fewer than five people. */
  classes: aiClassCountsSchema.nullable(),
});
export type AiAdoptionWeek = z.infer<typeof aiAdoptionWeekSchema>;

/** Merged pull requests by class, week by week. */
export const aiAdoptionSchema = z.object({
  window: windowSchema,
  weeks: z.array(aiAdoptionWeekSchema),
  caveats: z.array(z.string()),
});
export type AiAdoption = z.infer<typeof aiAdoptionSchema>;

/** Rows beside those that are told of. */
export interface AiImpactSurroundings {
  /**
   * What a filter left out of each larger group that can be asked about: the workspace, the team.
   * Where one of them is of a handful of people, whoever asks with the filter and without it would
   * learn of them, so nothing is told then.
   */
  leftOut?: readonly (readonly AiImpactRow[])[];
}

/** What else decides about a comparison. */
export interface AiImpactOptions extends AiImpactSurroundings {
  /** Whole weeks. Thin ones at its ends are cut off: one window more or less must not tell of a handful of people. */
  window?: Window;
  /** The same seed gives the same intervals. */
  seed?: number;
}

/** How adoption and impact of coding tools are computed: pure functions over rows. */
export interface AiImpactDefinition {
  /** Returns the whole weeks that a window touches, Monday to Monday, without the one that `now` is in. */
  weeks(window: Window, now: number): Window;
  compare(rows: readonly AiImpactRow[], options?: AiImpactOptions): AiImpactComparison;
  adoption(
    rows: readonly AiImpactRow[],
    weeks: Window,
    surroundings?: AiImpactSurroundings,
  ): AiAdoption;
}
