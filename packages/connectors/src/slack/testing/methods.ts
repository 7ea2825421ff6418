import {
  channelOf,
  isMember,
  lacking,
  pageOf,
  refusal,
  type TwinAnswer,
  type TwinCall,
  type TwinMethod,
} from './twin-call.ts';
import type { TwinChannel, TwinUser } from './slack-data.ts';
import { historyPage, repliesPage } from './message-pages.ts';
import { openView, publishView, updateView } from './view-methods.ts';
import { openConversation, postMessage, updateMessage } from './writing-methods.ts';
import type { TwinToken } from './tokens.ts';

function describeUser(user: TwinUser, token: TwinToken): TwinAnswer {
  const showsEmail = token.scopes.has('users:read.email') && user.email !== null;
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: user.isDeleted,
    is_bot: user.isBot,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_email_confirmed: user.isEmailConfirmed,
    updated: 1,
    ...(user.isBot ? {} : { tz: user.timeZone ?? 'Europe/Berlin', tz_offset: 3_600 }),
    profile: { real_name: user.realName, ...(showsEmail ? { email: user.email } : {}) },
  };
}

function describeChannel(channel: TwinChannel, { token, parameters }: TwinCall): TwinAnswer {
  const isCounted = parameters['include_num_members'] === 'true';
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_private: channel.kind !== 'public',
    is_im: channel.kind === 'direct',
    is_mpim: false,
    is_archived: channel.isArchived,
    is_ext_shared: channel.isExternal,
    is_member: isMember(channel, token),
    ...(isCounted ? { num_members: channel.members.length } : {}),
  };
}

function scopeFor(channel: TwinChannel): string {
  return channel.kind === 'public' ? 'channels:read' : 'groups:read';
}

export const twinMethods: Readonly<Record<string, TwinMethod>> = {
  'auth.test': ({ data, token }) => ({
    ok: true,
    url: data.team.url,
    team: data.team.name,
    team_id: data.team.id,
    user: data.users.find(({ id }) => id === token.userId)?.name,
    user_id: token.userId,
    bot_id: token.botId,
  }),
  'users.list': (call) => {
    const { items, more } = pageOf(call, call.data.users);
    const members = items.map((user) => describeUser(user, call.token));
    return lacking(call, 'users:read') ?? { ok: true, members, ...more };
  },
  'users.info': (call) => {
    const user = call.data.users.find(({ id }) => id === call.parameters['user']);
    if (user === undefined) return refusal('user_not_found');
    return lacking(call, 'users:read') ?? { ok: true, user: describeUser(user, call.token) };
  },
  'users.conversations': (call) => {
    const own = call.data.channels.filter(
      (channel) => channel.kind !== 'direct' && isMember(channel, call.token),
    );
    const { items, more } = pageOf(call, own);
    const channels = items.map((channel) => describeChannel(channel, call));
    return lacking(call, 'channels:read') ?? { ok: true, channels, ...more };
  },
  'usergroups.list': (call) => {
    const { include_users: withUsers, include_count: withCount } = call.parameters;
    const usergroups = call.data.groups.map(({ id, handle, name, users }) => ({
      id,
      handle,
      name,
      ...(withUsers === 'true' ? { users } : {}),
      ...(withCount === 'true' ? { user_count: users.length } : {}),
    }));
    return lacking(call, 'usergroups:read') ?? { ok: true, usergroups };
  },
  'conversations.info': (call) => {
    const channel = channelOf(call);
    if (channel === undefined) return refusal('channel_not_found');
    if (channel.kind !== 'public' && !isMember(channel, call.token)) {
      return refusal('channel_not_found');
    }
    const refused = lacking(call, scopeFor(channel));
    return refused ?? { ok: true, channel: describeChannel(channel, call) };
  },
  'conversations.history': historyPage,
  'conversations.replies': repliesPage,
  'conversations.open': openConversation,
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  // None of the three takes a scope.
  'views.open': openView,
  'views.update': updateView,
  'views.publish': publishView,
};
