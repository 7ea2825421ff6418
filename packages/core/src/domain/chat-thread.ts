import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/**
 * A message that began a thread, with what became of it. What it says is not kept: only what a rule
 * needs to tell that somebody waits.
 */
export const chatThreadSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  channelExternalId: externalIdSchema,
  /** Null where the source names nobody. */
  authorAccountExternalId: externalIdSchema.nullable(),
  startedAt: instantSchema,
  /** It holds a question mark, or speaks to somebody. */
  asks: z.boolean(),
  /** It holds one of the words that the configuration takes for somebody being held up. */
  namesBlocker: z.boolean(),
  mentionedAccounts: z.array(externalIdSchema),
  mentionedGroups: z.array(externalIdSchema),
  mentionsEverybody: z.boolean(),
  /** Null where it is not known. */
  replyCount: z.number().int().nonnegative().nullable(),
  /** The first reply by somebody else than the author; null where there is none or it is not known. */
  firstReplyAt: instantSchema.nullable(),
  firstReplyByAccountExternalId: externalIdSchema.nullable(),
  lastReplyAt: instantSchema.nullable(),
  lastReplyByAccountExternalId: externalIdSchema.nullable(),
  /** Somebody put a mark on it that says it is done; when, no source tells. */
  isMarkedDone: z.boolean(),
  url: z.string().nullable(),
});
export type ChatThread = z.infer<typeof chatThreadSchema>;
