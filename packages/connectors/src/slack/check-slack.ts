import {
  AdjutantError,
  type CheckItem,
  type CheckReport,
  type ConnectorContext,
} from '@adjutant/core';
import { printable } from '../commits/text.ts';
import { clockItem, failedItem } from '../http/check-items.ts';
import { slackVendor } from './slack-vendor.ts';
import type { SlackClient } from './client/client.ts';
import type { SlackConfig } from './config.ts';
import { askIdentity, findChannels } from './discovery/discover.ts';
import type { SlackChannel } from './discovery/payloads.ts';
import { sessionOf } from './discovery/session.ts';

/** What each scope is for, in words; only reading goes by this token. */
const scopes: readonly { scope: string; purpose: string; optional: boolean }[] = [
  { scope: 'channels:read', purpose: 'names and sizes of public channels', optional: false },
  { scope: 'channels:history', purpose: 'threads of public channels', optional: false },
  { scope: 'users:read', purpose: 'people and programs', optional: false },
  { scope: 'groups:read', purpose: 'names and sizes of private channels', optional: true },
  { scope: 'groups:history', purpose: 'threads of private channels', optional: true },
  { scope: 'reactions:read', purpose: 'events of marks on messages', optional: true },
  { scope: 'users:read.email', purpose: 'matching people by e-mail address', optional: true },
  { scope: 'usergroups:read', purpose: 'user groups', optional: true },
];

/** Every scope that reading uses. */
export const readingScopes: readonly string[] = scopes.map(({ scope }) => scope);

/** Reports whose token it is, what it may do, which channels it can read, and how the clocks stand. */
export async function checkSlack(context: ConnectorContext<SlackConfig>): Promise<CheckReport> {
  try {
    const { client } = sessionOf(context);
    const { identity, headers } = await askIdentity(client);
    const team = printable(identity.team ?? identity.team_id, 100);
    const who = `${printable(identity.user ?? identity.user_id ?? 'a bot', 100)} in ${team}`;
    const message = `${client.address.host} accepts the token of ${who}.`;
    const items: CheckItem[] = [
      { id: 'credential', ok: true, message, hint: null },
      ...scopeItems(headers['x-oauth-scopes']),
      ...(await channelItems(client, context.config, identity.user ?? 'the bot')),
      clockItem({ now: context.clock.now(), serverNow: client.serverNow() }, slackVendor, setClock),
      paceItem,
      experimentalItem,
    ];
    return { identity: who, items };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return { identity: null, items: [failedItem('credential', error)] };
  }
}

function scopeItems(header: string | undefined): CheckItem[] {
  if (header === undefined) return [];
  const held = new Set(header.split(',').map((scope) => scope.trim()));
  const items: CheckItem[] = scopes
    .filter(({ scope }) => !held.has(scope))
    .map(({ scope, purpose, optional }) => ({
      id: `scope:${scope}`,
      ok: false,
      optional,
      message: `The token lacks ${scope}, which is for ${purpose}.`,
      hint: `Add ${scope} to the bot token scopes of the app, and install it again.`,
    }));
  const known = new Set(scopes.map(({ scope }) => scope));
  const spare = [...held].filter((scope) => scope !== '' && !known.has(scope));
  if (items.length === 0) {
    items.push({
      id: 'scopes',
      ok: true,
      message: 'The token holds every scope that reading uses.',
      hint: null,
    });
  }
  if (spare.length > 0) {
    items.push({
      id: 'scopes_spare',
      ok: false,
      optional: true,
      message: `The token may do more than reading needs: ${printable(spare.join(', '), 200)}.`,
      hint: 'Take these scopes from the app that reads; writing has an app of its own.',
    });
  }
  return items;
}

async function channelItems(
  client: SlackClient,
  config: SlackConfig,
  bot: string,
): Promise<CheckItem[]> {
  const invite = `Write "/invite @${printable(bot, 100)}" in the channel.`;
  try {
    const { channels, missing } = await findChannels(client, config);
    return [
      ...channels.map((channel) => channelItem(channel, invite)),
      ...missing.map((reference) => ({
        id: `channel:${reference}`,
        ok: false,
        message: `Slack shows no ${reference} to this bot.`,
        hint: `Check how it is written. ${invite}`,
      })),
    ];
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return [failedItem('channels', error)];
  }
}

function channelItem(channel: SlackChannel, invite: string): CheckItem {
  const name = `#${printable(channel.name ?? channel.id, 100)}`;
  const isOutside = channel.is_member === false;
  return {
    id: `channel:${channel.id}`,
    ok: !isOutside,
    message: isOutside
      ? `The bot is no member of ${name}, so nothing in it is read.`
      : `${name} is readable: ${channel.num_members ?? 'unknown'} members.`,
    hint: isOutside ? invite : null,
  };
}

const setClock =
  'Let the system set its clock from the network: signed requests are refused after five minutes.';

/** Nothing in an answer tells which pace an app is given. */
const paceItem: CheckItem = {
  id: 'pace',
  ok: true,
  message:
    'An app that a company makes for itself may ask for history about fifty times a minute. One that is sold outside the Marketplace may ask once, for fifteen messages: then a first reading takes days.',
  hint: null,
};

const experimentalItem: CheckItem = {
  id: 'experimental',
  ok: false,
  optional: true,
  message:
    'This connector is experimental: it was tried only against our own twin of Slack and one of others.',
  hint: 'Compare a few threads with what Slack itself shows, and report what differs.',
};
