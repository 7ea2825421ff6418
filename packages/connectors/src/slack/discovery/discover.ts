import { AdjutantError, type ConnectorContext, type Scope } from '@adjutant/core';
import { boundedText } from '../../commits/text.ts';
import type { SlackClient } from '../client/client.ts';
import { readPages } from '../client/read-pages.ts';
import { allowedChannels, type SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';
import {
  identitySchema,
  isBetweenPeople,
  type SlackChannel,
  type SlackIdentity,
  slackChannelSchema,
} from './payloads.ts';
import { askChannel, sessionOf } from './session.ts';

/** What became of the channels that the configuration names. */
export interface FoundChannels {
  channels: SlackChannel[];
  /** As the configuration writes them. */
  missing: string[];
}

/** Asks whose token it is. @throws AdjutantError */
export async function askIdentity(
  client: SlackClient,
): Promise<{ identity: SlackIdentity; headers: Readonly<Record<string, string>> }> {
  const { data, headers } = await client.call('auth.test', {}, identitySchema, 'this token');
  return { identity: data, headers };
}

/**
 * Yields a scope for the workspace and one for each channel that the configuration names and Slack
 * shows. One that it does not show does not keep the others from it: the error comes last.
 */
export async function* discoverScopes(
  context: ConnectorContext<SlackConfig>,
): AsyncGenerator<Scope> {
  const session = sessionOf(context);
  const { identity } = await askIdentity(session.client);
  const { team_id: teamId, team } = identity;
  yield {
    externalId: teamId,
    name: boundedText(team ?? teamId, 200),
    detail: { kind: 'workspace', teamId },
  };
  const { channels, missing } = await findChannels(session.client, context.config);
  for (const channel of channels) {
    session.channels.set(channel.id, channel);
    yield scopeOf(channel, identity);
  }
  if (missing.length > 0) throw notShown(missing);
}

/**
 * Returns the channels that the configuration names. Ids are asked for one by one; names are looked
 * for among the channels that the bot was invited to, of which nothing but the names is used.
 */
export async function findChannels(
  client: SlackClient,
  config: Pick<SlackConfig, 'channels'>,
): Promise<FoundChannels> {
  const { ids, names } = allowedChannels(config);
  const wanted = new Map(ids.map((id) => [id, id]));
  const missing: string[] = [];
  const byName = names.length === 0 ? new Map<string, string>() : await listNames(client, names);
  for (const name of names) {
    const id = byName.get(name);
    if (id === undefined) missing.push(`#${name}`);
    else if (!wanted.has(id)) wanted.set(id, `#${name}`);
  }
  const channels: SlackChannel[] = [];
  for (const [id, reference] of wanted) {
    const channel = await channelOrNull(client, id);
    // What is between a few people stays between them, and another id is another channel.
    if (channel === null || channel.id !== id || isBetweenPeople(channel)) missing.push(reference);
    else channels.push(channel);
  }
  return { channels, missing };
}

async function channelOrNull(client: SlackClient, id: string): Promise<SlackChannel | null> {
  try {
    return await askChannel(client, id);
  } catch (error) {
    const isHidden =
      AdjutantError.isInstance(error) &&
      (error.code === 'NotFound' ||
        (error.code === 'Permission' && error.message.includes('not_in_channel')));
    if (isHidden) return null;
    throw error;
  }
}

/** Returns the ids of named channels among those that the bot is in. */
async function listNames(
  client: SlackClient,
  names: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const pages = readPages(client, {
    method: 'users.conversations',
    parameters: { types: 'public_channel,private_channel', limit: 200 },
    field: 'channels',
    what: 'the channels that the bot is in',
  });
  for await (const { items } of pages) {
    for (const item of items) {
      const channel = slackChannelSchema.safeParse(item);
      const name = channel.data?.name ?? '';
      if (channel.success && names.includes(name)) found.set(name, channel.data.id);
    }
    if (found.size === names.length) break;
  }
  return found;
}

function scopeOf(channel: SlackChannel, { team_id: teamId, url }: SlackIdentity): Scope {
  return {
    externalId: channel.id,
    name: `#${boundedText(channel.name ?? channel.id, 200)}`,
    detail: { kind: 'channel', teamId, url: channelUrl(url, channel.id) },
  };
}

/** Only an address that a browser may be sent to. */
function channelUrl(url: string | null | undefined, id: string): string | null {
  if (url === null || url === undefined || !URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' ? `${origin}/archives/${id}` : null;
}

function notShown(references: readonly string[]): AdjutantError {
  const shown = references.slice(0, 5).join(', ');
  const more = references.length > 5 ? ` and ${references.length - 5} more` : '';
  return new AdjutantError('NotFound', `Slack shows no ${shown}${more} to this bot.`, {
    source: slackVendor.source,
    hint: 'Invite the bot there: write "/invite" and its name in the channel. What was read before stays.',
  });
}
