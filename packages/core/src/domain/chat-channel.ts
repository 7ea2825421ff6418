import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** Who may read a channel: everybody of the workspace, those invited, two people, or a few. */
export const chatChannelKindSchema = z.enum(['public', 'private', 'direct', 'group']);
export type ChatChannelKind = z.infer<typeof chatChannelKindSchema>;

/** A place where people talk. Only those that the configuration names are known. */
export const chatChannelSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  name: z.string(),
  kind: chatChannelKindSchema,
  memberCount: z.number().int().nonnegative().nullable(),
  /** True where people of another organisation read along; null where the source does not tell. */
  isExternal: z.boolean().nullable(),
  isArchived: z.boolean(),
});
export type ChatChannel = z.infer<typeof chatChannelSchema>;
