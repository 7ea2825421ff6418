import { z } from 'zod';

const optionalFlag = z.boolean().nullish().catch(null);

/** What `auth.test` says of a token. */
export const identitySchema = z.object({
  team_id: z.string().min(1),
  team: z.string().nullish(),
  /** Where people read what was written. */
  url: z.string().nullish(),
  user: z.string().nullish(),
  user_id: z.string().nullish(),
});
export type SlackIdentity = z.infer<typeof identitySchema>;

/** A channel as Slack describes it. */
export const slackChannelSchema = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  is_private: optionalFlag,
  is_im: optionalFlag,
  is_mpim: optionalFlag,
  is_archived: optionalFlag,
  is_ext_shared: optionalFlag,
  is_member: optionalFlag,
  num_members: z.number().int().nonnegative().nullish().catch(null),
});
export type SlackChannel = z.infer<typeof slackChannelSchema>;

export const channelAnswerSchema = z.object({ channel: slackChannelSchema });

/** True for what is between a few people only: it is never read. */
export function isBetweenPeople({ is_im: isIm, is_mpim: isMpim }: SlackChannel): boolean {
  return isIm === true || isMpim === true;
}
