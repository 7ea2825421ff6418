import { z } from 'zod';
import { signaturePayloadSchema, whoSchema } from './account-payload.ts';

const text = z.string().nullish();
const count = z.number().int().nullish();

const reviewSchema = z.object({
  id: z.string(),
  state: z.string(),
  at: text,
  author: whoSchema,
});

const commentSchema = z.object({ id: z.string(), at: text, author: whoSchema });

/** A commit of the branch: enough for when work began and for the marks of coding tools. */
const branchCommitSchema = z.object({
  sha: z.string(),
  authoredAt: text,
  committedAt: text,
  author: signaturePayloadSchema,
  trailers: z.array(z.tuple([z.string(), z.string()])).nullish(),
});

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: text,
  actor: whoSchema,
  /** Who was asked, whose request or review was taken back. Absent where that is a team. */
  subject: whoSchema,
  state: text,
});
export type TimelineEventPayload = z.infer<typeof eventSchema>;

/** Parts that GitHub did not deliver; the rest of the record stands. */
export const partNames = ['reviews', 'comments', 'commits', 'events', 'labels', 'issues'] as const;
export type PartName = (typeof partNames)[number];

/** A pull request in the one form that records keep, whichever interface gave it. */
export const pullRequestPayloadSchema = z.object({
  nodeId: text,
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  /** `OPEN`, `CLOSED` or `MERGED`. */
  state: z.string(),
  isDraft: z.boolean().nullish(),
  author: whoSchema,
  mergedBy: whoSchema,
  createdAt: text,
  updatedAt: text,
  closedAt: text,
  mergedAt: text,
  baseRef: text,
  headRef: text,
  headSha: text,
  mergeSha: text,
  mergeMethod: z.enum(['merge', 'squash', 'rebase']).nullish(),
  additions: count,
  deletions: count,
  changedFiles: count,
  reverts: count,
  labels: z.array(z.string()).nullish(),
  /** Issues that it closes, by id. */
  issues: z.array(z.object({ id: z.string() })).nullish(),
  reviews: z.array(reviewSchema).nullish(),
  comments: z.array(commentSchema).nullish(),
  commits: z.array(branchCommitSchema).nullish(),
  events: z.array(eventSchema).nullish(),
  missing: z.array(z.enum(partNames)).nullish(),
});
export type PullRequestPayload = z.infer<typeof pullRequestPayloadSchema>;
