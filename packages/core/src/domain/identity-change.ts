import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** A recorded merge or split, or accounts that somebody called a bot's, with what is needed to undo it. */
export const identityChangeSchema = z.object({
  id: z.string(),
  kind: z.enum(['merge', 'split', 'bot']),
  fromPersonId: z.string(),
  toPersonId: z.string(),
  /** The accounts that moved, as `[source, externalId]`. */
  accounts: z.array(z.tuple([z.string(), z.string()])),
  actor: z.string(),
  at: instantSchema,
  undoneAt: instantSchema.nullable(),
});
export type IdentityChange = z.infer<typeof identityChangeSchema>;
