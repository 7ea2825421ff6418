import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** An account's place in a group of its source; of nested groups, only in those that name it. */
export const accountGroupMemberSchema = z.object({
  source: sourceSchema,
  groupExternalId: externalIdSchema,
  accountExternalId: externalIdSchema,
  /** The source's own word for the place, lower-case: `member`, `maintainer` … */
  role: z.string().nullable(),
});
export type AccountGroupMember = z.infer<typeof accountGroupMemberSchema>;
