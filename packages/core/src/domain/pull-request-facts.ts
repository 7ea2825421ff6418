import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

const durationMs = z.number().nonnegative().nullable();
const count = z.number().int().nonnegative().nullable();

/**
 * What is computed once per pull request and kept: every stage in milliseconds, null where unknown.
 * `codingMs + pickupMs + reviewMs + deployMs + unattributedMs = totalMs` wherever `totalMs` is known.
 */
export const pullRequestFactsSchema = z.object({
  source: sourceSchema,
  pullRequestExternalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  factsVersion: z.number().int(),
  authorIsBot: z.boolean(),
  openedAt: instantSchema.nullable(),
  mergedAt: instantSchema.nullable(),
  closedAt: instantSchema.nullable(),
  deployedAt: instantSchema.nullable(),
  releasedAt: instantSchema.nullable(),
  firstCommitAt: instantSchema.nullable(),
  codingMs: durationMs,
  pickupMs: durationMs,
  reviewMs: durationMs,
  /** Last approval to merge: the tail of `reviewMs`, not a further summand. */
  mergeWaitMs: durationMs,
  deployMs: durationMs,
  totalMs: durationMs,
  unattributedMs: durationMs,
  /** First commit to merge, the one duration that a bare clone shows. */
  firstCommitToMergeMs: durationMs,
  /** Merge to the first release that contains it. */
  releaseWaitMs: durationMs,
  isRevert: z.boolean(),
  /** An unplanned repair of something already delivered, by what its author said of it. */
  isHotfix: z.boolean(),
  /** How the deployment was found: `exact_sha`, `graph_diff`, `time`; null without one. */
  deploymentMethod: z.enum(['exact_sha', 'graph_diff', 'time']).nullable(),
  /** Lines added and removed. */
  sizeLines: count,
  /** Reviews by people other than the author up to the end; null where no source shows reviews. */
  reviewCount: count,
  /** How many such people reviewed it. */
  reviewerCount: count,
  /** Comments by people other than the author up to the end. */
  commentCount: count,
  /** How often new work followed a call for changes or an approval taken back. */
  reworkRounds: count,
  /** Stretches of more than a day without any act, summed; drafts and closed times left out. */
  idleMs: durationMs,
  /** The last act that is known, the end included. */
  lastActivityAt: instantSchema.nullable(),
  /** Null where it was not merged, or where it cannot be known whether somebody reviewed it. */
  mergedWithoutReview: z.boolean().nullable(),
});
export type PullRequestFacts = z.infer<typeof pullRequestFactsSchema>;
