import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/**
 * One field of a work item changing from one value to another: the changelog that the past of a
 * work item is replayed from. A connector writes one row per field and instant, with these names:
 *
 * - `sprint`: the external ids of the sprints it is in, separated by commas (an id holds no comma);
 *   null or empty for none. An item may be in several: a tool that keeps closed sprints names them.
 * - `points`: the estimate as a decimal number, such as `5` or `0.5`; null or empty for none.
 * - `status`: the vendor's own text, spelled as `WorkItem.originalStatus` is. A status means done
 *   where an item that is in it now has the category `done`.
 *
 * Further fields may be written under the vendor's names; nothing is replayed from them. Values are
 * as they were before and after: the first `fromValue` is what the item was created with, so nothing
 * is written for its creation.
 */
export const workItemChangeSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  workItemExternalId: externalIdSchema,
  field: z.string(),
  fromValue: z.string().nullable(),
  toValue: z.string().nullable(),
  actorAccountExternalId: externalIdSchema.nullable(),
  at: instantSchema,
});
export type WorkItemChange = z.infer<typeof workItemChangeSchema>;
