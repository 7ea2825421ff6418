import { z } from 'zod';
import { windowSchema } from './metric-value.ts';
import { instantSchema } from './primitives.ts';
import type { Sprint } from './sprint.ts';
import type { WorkItem } from './work-item.ts';

/** Some work, in items and in points. */
export const sprintAmountSchema = z.object({
  items: z.number().int(),
  /** Null where there are items and none of them is estimated, or the sprint uses no points. */
  points: z.number().nullable(),
  /** How many of the items have no estimate, so that the points leave them out. */
  unestimated: z.number().int(),
});
export type SprintAmount = z.infer<typeof sprintAmountSchema>;

/** One quantity ÷ what was planned, in items and in points. Null where it is unknown. @unit share */
export const sprintShareSchema = z.object({
  items: z.number().nullable(),
  points: z.number().nullable(),
});
export type SprintShare = z.infer<typeof sprintShareSchema>;

/** What became of one item of a sprint. */
export const sprintItemOutcomeSchema = z.object({
  externalId: z.string(),
  /** How it came to count: at the start, later, or not at all. Unknown without a changelog. */
  scope: z.enum(['planned', 'added', 'not_counted', 'unknown']),
  /** `done_before`: done when it came in. `came_and_went`: added and taken out again. */
  outcome: z.enum(['completed', 'carried_over', 'removed', 'done_before', 'came_and_went']),
  /** Its estimate when it came to count: at the start, or when it was added. */
  pointsThen: z.number().nullable(),
  /** Its estimate at the end; of what left the sprint, as it was when it came. */
  pointsAtEnd: z.number().nullable(),
});
export type SprintItemOutcome = z.infer<typeof sprintItemOutcomeSchema>;

/**
 * The figures of one sprint, replayed. Commitment + added − removed + re-estimated = completed +
 * carried over; and of what was planned: completed + carried over + removed = commitment.
 */
export const sprintFiguresSchema = z.object({
  /** `so_far`: it runs, and every figure is as of now. */
  progress: z.enum(['not_started', 'so_far', 'final', 'unknown_end']),
  /** From the start to the end, or to now. */
  window: windowSchema.nullable(),
  /** In the sprint and not done at the start, as estimated then. */
  commitment: sprintAmountSchema.nullable(),
  /** Not planned and in the sprint at the end, as estimated when it came in. */
  added: sprintAmountSchema.nullable(),
  /** Planned and out of the sprint at the end, as estimated at the start. */
  removed: sprintAmountSchema.nullable(),
  /** The items at the end whose estimate changed after they came in, and by how much in all. */
  reEstimated: sprintAmountSchema.nullable(),
  /** In the sprint and done at the end and not when it came in, as estimated at the end. */
  completed: sprintAmountSchema.nullable(),
  /** The planned part of it, as estimated at the start. */
  plannedCompleted: sprintAmountSchema.nullable(),
  /** In the sprint and not done at the end, as estimated at the end. */
  carryOver: sprintAmountSchema.nullable(),
  /** The planned part of it, as estimated at the start. */
  plannedCarryOver: sprintAmountSchema.nullable(),
  /** What was completed, once the sprint is over. */
  velocity: sprintAmountSchema.nullable(),
  /** Planned and completed ÷ planned. */
  reliability: sprintShareSchema,
  /** All that was completed ÷ planned. */
  capacityAccuracy: sprintShareSchema,
  addedShare: sprintShareSchema,
  removedShare: sprintShareSchema,
  /** In points the net change, which may be negative; in items how many changed. */
  reEstimatedShare: sprintShareSchema,
  /** Added − removed + re-estimated, ÷ planned; in items added − removed. */
  netChangeShare: sprintShareSchema,
  /** Planned and carried over ÷ planned. */
  carryOverShare: sprintShareSchema,
  items: z.array(sprintItemOutcomeSchema),
  caveats: z.array(z.string()),
});
export type SprintFigures = z.infer<typeof sprintFiguresSchema>;

/** The middle and the ends of what several sprints completed. */
export const sprintRangeSchema = z.object({
  median: z.number(),
  lowest: z.number(),
  highest: z.number(),
  /** How many sprints it is made of. */
  sampleSize: z.number().int(),
});
export type SprintRange = z.infer<typeof sprintRangeSchema>;

/** How much to commit to, or why that cannot be said. */
export const commitmentAdviceSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('advised'),
    items: z.number(),
    /** Null where fewer than three of the sprints have points. */
    points: z.number().nullable(),
    reason: z.string(),
  }),
  z.object({
    status: z.literal('refused'),
    reason: z.enum(['insufficient history', 'sprints run side by side']),
    message: z.string(),
  }),
]);
export type CommitmentAdvice = z.infer<typeof commitmentAdviceSchema>;

/** The velocity of some closed sprints. */
export const sprintVelocitySchema = z.object({
  /** Null where no sprint has a velocity. @unit items per sprint */
  items: sprintRangeSchema.nullable(),
  /** Null where no sprint has points. @unit points per sprint */
  points: sprintRangeSchema.nullable(),
  advice: commitmentAdviceSchema,
  caveats: z.array(z.string()),
});
export type SprintVelocity = z.infer<typeof sprintVelocitySchema>;

/** One change of an item, in the terms of `WorkItemChange`. */
export interface SprintItemChange {
  field: string;
  from: string | null;
  to: string | null;
  at: number;
}

/** An item that was in a sprint at some time, as it is now, and what changed of it. */
export interface SprintReplayItem
  extends Pick<
    WorkItem,
    | 'externalId'
    | 'createdAt'
    | 'points'
    | 'statusCategory'
    | 'originalStatus'
    | 'doneAt'
    | 'sprintExternalId'
  > {
  changes: readonly SprintItemChange[];
}

/** What a status of the source means, as items that are in it now show. */
export interface StatusMeaning {
  status: string;
  category: NonNullable<WorkItem['statusCategory']>;
}

/** All that is known of one sprint when it is replayed. */
export interface SprintReplayInput {
  sprint: Pick<
    Sprint,
    'externalId' | 'name' | 'state' | 'startedAt' | 'plannedEndAt' | 'completedAt'
  >;
  /** Every item that was ever in it, in any order. */
  items: readonly SprintReplayItem[];
  statuses: readonly StatusMeaning[];
  /** Whether the source records changes of sprints: where it does not, no change says nothing. */
  hasChangelog: boolean;
  now: number;
}

/** How sprints are computed: versioned and pure. It reads no clock, network or store. */
export interface SprintDefinition {
  version: number;
  /** What is counted, in one paragraph. */
  definition: string;
  /** The published definitions it follows. */
  source: string;
  replay(input: SprintReplayInput): SprintFigures;
  /** Of closed sprints in any order. */
  velocity(sprints: readonly SprintFigures[]): SprintVelocity;
}

/** A sprint as a list shows it. */
export const sprintSummarySchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  name: z.string(),
  state: z.enum(['future', 'active', 'closed']),
  startedAt: instantSchema.nullable(),
  plannedEndAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
});
export type SprintSummary = z.infer<typeof sprintSummarySchema>;
