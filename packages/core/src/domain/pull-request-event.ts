import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** Something that happened to a pull request: a review, a comment, ready, a request. */
export const pullRequestEventSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  pullRequestExternalId: externalIdSchema,
  kind: z.enum([
    'review',
    'comment',
    'ready_for_review',
    'converted_to_draft',
    'review_requested',
    'review_request_removed',
    'review_dismissed',
    'force_pushed',
    'closed',
    'reopened',
  ]),
  /** The vendor's own word: `approved`, `changes_requested` … */
  state: z.string().nullable(),
  actorAccountExternalId: externalIdSchema.nullable(),
  /** Whom it was done to: the reviewer who was asked, whose request or review was taken back. */
  subjectAccountExternalId: externalIdSchema.nullable(),
  at: instantSchema,
});
export type PullRequestEvent = z.infer<typeof pullRequestEventSchema>;
