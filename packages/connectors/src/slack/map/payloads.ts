import { z } from 'zod';

/** A person or program, reduced to what is used. */
export const userPayloadSchema = z.object({
  id: z.string(),
  teamId: z.string(),
  login: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  timeZone: z.string().nullish(),
  isBot: z.boolean().nullish(),
  /** Deactivated: the account stays, because what it did stays. */
  isDeleted: z.boolean().nullish(),
});
export type UserPayload = z.infer<typeof userPayloadSchema>;

export const groupPayloadSchema = z.object({
  id: z.string(),
  name: z.string(),
  handle: z.string(),
  members: z.array(z.string()),
});
export type GroupPayload = z.infer<typeof groupPayloadSchema>;

export const channelPayloadSchema = z.object({
  name: z.string(),
  kind: z.enum(['public', 'private', 'direct', 'group']),
  memberCount: z.number().int().nullable(),
  isExternal: z.boolean().nullable(),
  isArchived: z.boolean(),
});
export type ChannelPayload = z.infer<typeof channelPayloadSchema>;

/** What is known of the replies to a message. */
export const repliesSchema = z.object({
  count: z.number().int().nonnegative(),
  /** Slack's own time of the last one: where it has moved, they are read again. */
  latest: z.string().nullable(),
  /** The first one by a person other than the author. */
  firstAt: z.number().int().nullable(),
  firstBy: z.string().nullable(),
  lastAt: z.number().int().nullable(),
  lastBy: z.string().nullable(),
});
export type Replies = z.infer<typeof repliesSchema>;

/** A message that began a thread, without what it says. */
export const threadPayloadSchema = z.object({
  ts: z.string(),
  author: z.string().nullable(),
  asks: z.boolean(),
  namesBlocker: z.boolean(),
  mentionedAccounts: z.array(z.string()),
  mentionedGroups: z.array(z.string()),
  mentionsEverybody: z.boolean(),
  isMarkedDone: z.boolean(),
  replyCount: z.number().int().nonnegative(),
  /** Null where Slack did not show them. */
  replies: repliesSchema.nullable(),
});
export type ThreadPayload = z.infer<typeof threadPayloadSchema>;
