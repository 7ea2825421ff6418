import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** A pull request (merge request, change). Whatever the source does not show is null. */
export const pullRequestSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  repositoryExternalId: externalIdSchema,
  number: z.number().int().nullable(),
  title: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  originalState: z.string().nullable(),
  isDraft: z.boolean().nullable(),
  authorAccountExternalId: externalIdSchema.nullable(),
  openedAt: instantSchema.nullable(),
  readyAt: instantSchema.nullable(),
  mergedAt: instantSchema.nullable(),
  closedAt: instantSchema.nullable(),
  updatedAt: instantSchema.nullable(),
  /** Earliest authored instant of its commits, where the source shows the commits. */
  firstCommitAt: instantSchema.nullable(),
  mergeSha: z.string().nullable(),
  headSha: z.string().nullable(),
  baseRef: z.string().nullable(),
  headRef: z.string().nullable(),
  additions: z.number().int().nullable(),
  deletions: z.number().int().nullable(),
  mergeMethod: z.enum(['merge', 'squash', 'rebase']).nullable(),
  /** Names of its labels; empty where there are none or the source has no labels. */
  labels: z.array(z.string()),
  changedFiles: z.number().int().nullable(),
  mergedByAccountExternalId: externalIdSchema.nullable(),
  /** The number of the pull request, in the same repository, that this one says it reverts. */
  revertsNumber: z.number().int().nullable(),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;
