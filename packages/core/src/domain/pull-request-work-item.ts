import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** A link between a pull request and a work item, possibly of another source. */
export const pullRequestWorkItemSchema = z.object({
  source: sourceSchema,
  pullRequestExternalId: externalIdSchema,
  workItemSource: sourceSchema,
  workItemExternalId: externalIdSchema,
  method: z.string(),
});
export type PullRequestWorkItem = z.infer<typeof pullRequestWorkItemSchema>;
