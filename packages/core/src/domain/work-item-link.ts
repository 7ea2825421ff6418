import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/**
 * One work item's tie to another of the same source, in one direction whichever side told it: the
 * first blocks the other, or duplicates it; of two that relate, the first is the one whose id sorts
 * first. The other may be one that is not read.
 */
export const workItemLinkSchema = z.object({
  source: sourceSchema,
  workItemExternalId: externalIdSchema,
  kind: z.enum(['blocks', 'relates', 'duplicates']),
  otherExternalId: externalIdSchema,
});
export type WorkItemLink = z.infer<typeof workItemLinkSchema>;
