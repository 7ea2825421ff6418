import { z } from 'zod';
import { secretSchema, webhookSecretSchema } from '../http/secret.ts';

export const publicApiUrl = 'https://slack.com/api/';

const channelIdForm = /^[CG][A-Z0-9]{2,20}$/;
const channelNameForm = /^#?[^\s#@:<>&"'A-Z]{1,80}$/u;

/** A channel as the configuration names it: by its id, or by its name with or without `#`. */
export const channelReferenceSchema = z
  .string()
  .min(1)
  .max(81)
  .refine((text) => isChannelId(text) || channelNameForm.test(text), {
    message: 'is the id of a channel, such as C0123456789, or its name',
  });

/** https, or http to this machine: whoever follows the link signs in there. */
const pageUrlForm = /^(?:https:\/\/|http:\/\/localhost(?=[:/]|$))/;

const approvalsSchema = z.strictObject({
  /** The one channel in which cards are shown, by id or name. */
  channel: channelReferenceSchema,
  /**
   * What Slack signs buttons and commands with: the signing secret of the app that writes. Without it
   * cards have no buttons. Whoever has it can decide like a person.
   */
  signingSecret: webhookSecretSchema.optional(),
  /** Where the approvals page is, for a link on each card. */
  pageUrl: z.url().max(300).regex(pageUrlForm, 'is https, or http://localhost').optional(),
});

/** The form of the connector's configuration, key by key. */
export const slackConfigShape = {
  /** Channels by id or name; no other one is ever asked for, and nothing is posted to any other. */
  channels: z.array(channelReferenceSchema).min(1).max(500),
  /** The bot token for reading. */
  token: secretSchema.optional(),
  /** The bot token for approved actions, of another app. No stream reads with it; an action without `token` does. */
  writeToken: secretSchema.optional(),
  /** What Slack signs requests with; several while one is being changed for another. */
  signingSecret: webhookSecretSchema.optional(),
  /** Cards of actions that wait for a person's presence; none are shown without it. */
  approvals: approvalsSchema.optional(),
  baseUrl: z.string().min(1).max(500).default(publicApiUrl),
  /** The host that the tokens were entered for; they are refused for any other. */
  tokenHost: z.string().min(1).max(300).optional(),
  /** Leaves out messages before this day or instant; the last ninety days are read unless told. */
  since: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  /** For how many days a message is looked at again: for replies, marks, edits and deletion. */
  watchDays: z.number().int().min(1).max(90).default(14),
  /** Words that say that somebody is held up; no word of a message is kept, only whether one stood there. */
  blockerWords: z
    .array(z.string().trim().min(2).max(60))
    .max(100)
    .default(['blocked', 'blocker', 'blocking', 'waiting on', 'waiting for', 'stuck']),
};

export const slackConfigSchema = z
  .strictObject(slackConfigShape)
  .refine(
    ({ token, writeToken }) =>
      typeof token !== 'string' || typeof writeToken !== 'string' || token !== writeToken,
    { message: 'is the token for reading; make another one for writing', path: ['writeToken'] },
  );

export type SlackConfig = z.infer<typeof slackConfigSchema>;

/** True for text that has the form of a channel's id. */
export function isChannelId(text: string): boolean {
  return channelIdForm.test(text);
}

/** Returns a channel's name as Slack itself writes it. */
export function channelNameOf(reference: string): string {
  return reference.replace(/^#/, '');
}

/** Returns what the configuration names, each once: ids, and names without `#`. */
export function allowedChannels({ channels }: Pick<SlackConfig, 'channels'>): {
  ids: string[];
  names: string[];
} {
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const reference of channels) {
    if (isChannelId(reference)) ids.add(reference);
    else names.add(channelNameOf(reference));
  }
  return { ids: [...ids], names: [...names] };
}
