import {
  channelOf,
  isMember,
  lacking,
  pageOf,
  refusal,
  type TwinAnswer,
  type TwinCall,
} from './twin-call.ts';
import type { TwinChannel, TwinMessage } from './slack-data.ts';

const historyScope = {
  public: 'channels:history',
  private: 'groups:history',
  direct: 'im:history',
} as const;

/** Newest first below `latest`; without one Slack gives what is closest to `oldest`. */
export function historyPage(call: TwinCall): TwinAnswer {
  const channel = channelOf(call);
  if (channel === undefined) return refusal('channel_not_found');
  const refused = notReadable(call, channel);
  if (refused !== null) return refused;
  const isSinceOnly = 'oldest' in call.parameters && !('latest' in call.parameters);
  const shown = channel.messages
    .filter(({ threadTs, subtype }) => threadTs === null || subtype === 'thread_broadcast')
    .filter((message) => !message.isDeleted || repliesTo(channel, message).length > 0)
    .filter((message) => isBetween(call, message))
    .toSorted((a, b) => (isSinceOnly ? byTime(a, b) : byTime(b, a)));
  const { items, more } = pageOf(call, shown);
  const newestFirst = items.toSorted((a, b) => byTime(b, a));
  const messages = newestFirst.map((message) => describe(call, channel, message));
  return { ok: true, messages, ...more };
}

/** Oldest first, the message that they answer before them on every page. */
export function repliesPage(call: TwinCall): TwinAnswer {
  const channel = channelOf(call);
  if (channel === undefined) return refusal('channel_not_found');
  const refused = notReadable(call, channel);
  if (refused !== null) return refused;
  const root = channel.messages.find(({ ts }) => ts === call.parameters['ts']);
  if (root === undefined || root.isDeleted) return refusal('thread_not_found');
  const { items, more } = pageOf(
    call,
    repliesTo(channel, root).filter((reply) => isBetween(call, reply)),
  );
  const messages = [root, ...items].map((message) => describe(call, channel, message));
  return { ok: true, messages, ...more };
}

function notReadable(call: TwinCall, channel: TwinChannel): TwinAnswer | null {
  const refused = lacking(call, historyScope[channel.kind]);
  if (refused !== null) return refused;
  if (isMember(channel, call.token)) return null;
  return refusal(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found');
}

function isBetween({ parameters }: TwinCall, { ts }: TwinMessage): boolean {
  const { oldest = '0', latest = '9999999999.000000', inclusive } = parameters;
  const isInside = Number(ts) > Number(oldest) && Number(ts) < Number(latest);
  return isInside || (inclusive === 'true' && [oldest, latest].some((end) => end === ts));
}

function byTime(a: TwinMessage, b: TwinMessage): number {
  return a.ts < b.ts ? -1 : 1;
}

function repliesTo({ messages }: TwinChannel, { ts }: TwinMessage): TwinMessage[] {
  return messages
    .filter(({ threadTs, isDeleted }) => threadTs === ts && !isDeleted)
    .toSorted(byTime);
}

function describe(call: TwinCall, channel: TwinChannel, message: TwinMessage): TwinAnswer {
  const replies = repliesTo(channel, message);
  const last = replies.at(-1);
  const thread = message.threadTs ?? (replies.length > 0 ? message.ts : null);
  const isGone = message.isDeleted;
  return {
    type: 'message',
    ts: message.ts,
    ...(isGone ? { subtype: 'tombstone', user: 'USLACKBOT', text: 'It was deleted.' } : {}),
    ...(isGone ? {} : wordsOf(call, message)),
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(last === undefined ? {} : { reply_count: replies.length, latest_reply: last.ts }),
  };
}

function wordsOf(call: TwinCall, message: TwinMessage): TwinAnswer {
  const { user, botId, text, subtype, reactions, metadata, editedTs, blocks } = message;
  const { token, parameters } = call;
  const isOwn = botId === token.botId || token.scopes.has('metadata.message:read');
  const showsMetadata = parameters['include_all_metadata'] === 'true' && isOwn;
  return {
    text,
    ...(user === null ? {} : { user }),
    ...(botId === null ? {} : { bot_id: botId }),
    ...(subtype === null ? {} : { subtype }),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(editedTs === null ? {} : { edited: { user, ts: editedTs } }),
    ...(reactions.length === 0
      ? {}
      : { reactions: reactions.map((name) => ({ name, count: 1, users: ['U0ADA'] })) }),
    ...(showsMetadata && metadata !== null ? { metadata } : {}),
  };
}
