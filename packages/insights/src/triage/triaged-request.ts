import { signalSeveritySchema, suggestedActionSchema } from '@adjutant/core/domain';
import { z } from 'zod';

/** One reason why a pull request comes where it comes. */
export const triageReasonSchema = z.object({
  kind: z.enum([
    'takes_back',
    'hotfix',
    'finding',
    'blocks',
    'blocked',
    'waiting',
    'branch_red',
    'size',
    'age',
  ]),
  /** In words of ours; follows the key of the pull request, or stands for itself where it is a finding. */
  text: z.string(),
  /** Ids of the rows that say so: never empty. */
  evidence: z.array(z.string()).min(1),
});
export type TriageReason = z.infer<typeof triageReasonSchema>;

const suggestedReviewerSchema = z.object({
  personId: z.string(),
  displayName: z.string(),
  reasons: z.array(z.string()),
  evidence: z.array(z.string()),
});

/** An open pull request, why it comes where it does, whom to ask and what could be done. */
export const triagedRequestSchema = z.object({
  id: z.string(),
  key: z.string(),
  /** Text from outside. */
  title: z.string().nullable(),
  url: z.string().nullable(),
  isByBot: z.boolean(),
  waitingFor: z.enum(['review', 'author', 'merge', 'nobody']),
  since: z.number().nullable(),
  severity: signalSeveritySchema.nullable(),
  /** The most severe finding about it; null without one. */
  findingId: z.string().nullable(),
  /** The weightiest first. */
  reasons: z.array(triageReasonSchema).min(1),
  reviewers: z.array(suggestedReviewerSchema),
  /** Why nobody is suggested though it waits for a review; null otherwise. */
  nobodyBecause: z.string().nullable(),
  proposals: z.array(suggestedActionSchema),
});
export type TriagedRequest = z.infer<typeof triagedRequestSchema>;
