import { AdjutantError, type JsonObject, type PreviewFact } from '@adjutant/core';
import { z } from 'zod';
import { neutralText } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { allowedChannels, channelNameOf, isChannelId, type SlackConfig } from '../config.ts';
import {
  channelAnswerSchema,
  isBetweenPeople,
  type SlackChannel,
  slackChannelSchema,
} from '../discovery/payloads.ts';
import { kindOf } from '../map/map-chat.ts';
import { slackVendor } from '../slack-vendor.ts';
import type { SlackAccess } from './access.ts';

const listSchema = z.object({
  channels: z.array(z.unknown()),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
/** Two thousand channels that one bot is in. */
const mostPages = 10;

/**
 * Returns the channel that a payload names, if the configuration names it too. Slack is asked for
 * nothing else: a channel outside the list is refused here.
 * @throws AdjutantError `InvalidInput`, `NotFound`
 */
export async function readAllowedChannel(
  access: SlackAccess,
  config: SlackConfig,
  reference: string,
): Promise<SlackChannel> {
  const id = await allowedId(access, config, reference);
  const parameters = { channel: id, include_num_members: true };
  const { channel } = await access.read(
    'conversations.info',
    parameters,
    channelAnswerSchema,
    'this channel',
  );
  if (channel.id === id && !isBetweenPeople(channel)) return channel;
  throw notAllowed(reference);
}

async function allowedId(
  access: SlackAccess,
  config: SlackConfig,
  reference: string,
): Promise<string> {
  const { ids, names } = allowedChannels(config);
  if (ids.includes(reference)) return reference;
  const name = channelNameOf(reference);
  const isId = isChannelId(reference);
  if (isId ? names.length === 0 : !names.includes(name)) throw notAllowed(reference);
  // By its name or by the id that stands for one: the bot's own channels tell which is which.
  for (let cursor = '', count = 0; count < mostPages; count += 1) {
    const parameters = { types: 'public_channel,private_channel', limit: 200 };
    const asked = cursor === '' ? parameters : { ...parameters, cursor };
    const what = 'the channels that the bot is in';
    const page = await access.read('users.conversations', asked, listSchema, what);
    for (const item of page.channels) {
      const channel = slackChannelSchema.safeParse(item).data;
      if (channel === undefined || !names.includes(channel.name ?? '')) continue;
      if (isId ? channel.id === reference : channel.name === name) return channel.id;
    }
    const next = page.response_metadata?.next_cursor ?? '';
    if (next === '' || next === cursor) break;
    cursor = next;
  }
  if (isId) throw notAllowed(reference);
  throw new AdjutantError('NotFound', `The bot is in no channel #${name}.`, {
    source: slackVendor.source,
    hint: 'Invite it there: write "/invite" and its name in the channel.',
  });
}

function notAllowed(reference: string): AdjutantError {
  return new AdjutantError(
    'InvalidInput',
    `${neutralText(reference, 90)} is none of the channels that the configuration names.`,
    {
      source: slackVendor.source,
      hint: 'Name it as it stands below connectors.slack.channels, or have it added there.',
    },
  );
}

/** What of a channel a decision is bound to: who reads along must stay as it was. */
export function boundChannel(channel: SlackChannel): JsonObject {
  return {
    channelId: channel.id,
    kind: kindOf(channel),
    isExternal: channel.is_ext_shared ?? null,
    isArchived: channel.is_archived === true,
  };
}

/** Returns the id of the channel that was bound. */
export function boundChannelId({ channelId }: JsonObject): string {
  if (typeof channelId === 'string') return channelId;
  throw new AdjutantError('InvalidInput', 'No channel was bound.', { source: slackVendor.source });
}

export function channelRef(channel: SlackChannel): string {
  return `#${neutralText(channel.name ?? channel.id, 90)}`;
}

/** Returns who can read what is written there, the risky facts first. */
export function channelFacts(channel: SlackChannel): PreviewFact[] {
  const isPublic = kindOf(channel) === 'public';
  const external = channel.is_ext_shared ?? null;
  const facts = [
    isPublic
      ? warning('Readable by', 'everybody in the workspace')
      : plain('Readable by', 'the members of the channel'),
    external === false
      ? plain('Other organisations', 'none')
      : warning(
          'Other organisations',
          external ? 'read along: the channel is shared' : 'unknown, so possibly yes',
        ),
    plain('Channel', `${channelRef(channel)} (${channel.id})`),
    plain('Members', String(channel.num_members ?? 'unknown')),
  ];
  const isArchived = channel.is_archived === true;
  return isArchived
    ? [warning('Archived', 'yes: Slack will refuse it'), ...facts]
    : facts.toSorted((a, b) => Number(b.tone === 'warning') - Number(a.tone === 'warning'));
}

/** Returns what policy may ask about a channel. */
export function channelConditions(
  channel: SlackChannel,
): Readonly<Record<string, boolean | number | null>> {
  return {
    channel_public: kindOf(channel) === 'public',
    channel_external: channel.is_ext_shared ?? null,
    channel_members: channel.num_members ?? null,
  };
}
