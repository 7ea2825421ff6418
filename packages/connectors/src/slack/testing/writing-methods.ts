import {
  channelOf,
  isMember,
  lacking,
  refusal,
  type TwinAnswer,
  type TwinCall,
} from './twin-call.ts';
import { z } from 'zod';
import { troubleWithBlocks } from './block-limits.ts';
import type { TwinChannel, TwinMessage } from './slack-data.ts';

export function openConversation(call: TwinCall): TwinAnswer {
  const refused = lacking(call, 'im:write');
  if (refused !== null) return refused;
  const { users: wanted = '', prevent_creation: onlyLooks } = call.parameters;
  const { data, token } = call;
  if (!data.users.some(({ id, isDeleted }) => id === wanted && !isDeleted)) {
    return refusal('user_not_found');
  }
  const present = data.channels.find(
    (channel) =>
      channel.kind === 'direct' && isMember(channel, token) && channel.members.includes(wanted),
  );
  if (present !== undefined) {
    return { ok: true, no_op: true, already_open: true, channel: { id: present.id } };
  }
  if (onlyLooks === 'true') return refusal('channel_not_found');
  const members = [token.userId, wanted];
  const opened = data.addChannel({ id: `D${wanted.slice(1)}`, name: '', kind: 'direct', members });
  return { ok: true, channel: { id: opened.id } };
}

export function postMessage(call: TwinCall): TwinAnswer {
  const channel = channelOf(call);
  const refused = lacking(call, 'chat:write') ?? notWritable(call, channel);
  if (refused !== null || channel === undefined) return refused ?? refusal('channel_not_found');
  const { text = '', thread_ts: threadTs = null } = call.parameters;
  if (text === '') return refusal('no_text');
  const { userId: user, botId } = call.token;
  const metadata = metadataOf(call);
  const blocks = blocksOf(call);
  const unfit = refusedBlocks(blocks);
  if (unfit !== null) return unfit;
  const said = { at: call.now, text, user, botId, threadTs, metadata, blocks };
  const message = call.data.say(channel, said);
  return { ok: true, channel: channel.id, ts: message.ts, message: { text, user, bot_id: botId } };
}

export function updateMessage(call: TwinCall): TwinAnswer {
  const channel = channelOf(call);
  const refused = lacking(call, 'chat:write') ?? notWritable(call, channel);
  if (refused !== null || channel === undefined) return refused ?? refusal('channel_not_found');
  const { text = '', ts = '' } = call.parameters;
  const message = channel.messages.find((one) => one.ts === ts && !one.isDeleted);
  if (message === undefined) return refusal('message_not_found');
  if (message.botId !== call.token.botId) return refusal('cant_update_message');
  const blocks = blocksOf(call);
  const unfit = refusedBlocks(blocks);
  if (unfit !== null) return unfit;
  message.text = text;
  message.editedTs = `${Math.floor(call.now / 1_000)}.000000`;
  message.metadata = metadataOf(call) ?? message.metadata;
  message.blocks = blocks;
  return { ok: true, channel: channel.id, ts, text };
}

function notWritable({ token }: TwinCall, channel: TwinChannel | undefined): TwinAnswer | null {
  if (channel === undefined) return refusal('channel_not_found');
  if (!isMember(channel, token)) return refusal('not_in_channel');
  return channel.isArchived ? refusal('is_archived') : null;
}

function metadataOf({ parameters }: TwinCall): unknown {
  const { metadata } = parameters;
  return metadata === undefined ? null : JSON.parse(metadata);
}

/** What blocks may show in all, near enough: Slack's own bound is documented nowhere. */
const mostShown = 11_000;

function isTooLong(blocks: TwinMessage['blocks']): boolean {
  let shown = 0;
  JSON.stringify(blocks, (name, value: unknown) => {
    if (name === 'text' && typeof value === 'string') shown += value.length;
    return value;
  });
  return shown > mostShown;
}

const blocksSchema = z.array(z.looseObject({ type: z.string() }));

function blocksOf({ parameters }: TwinCall): TwinMessage['blocks'] {
  const { blocks } = parameters;
  return blocks === undefined ? [] : blocksSchema.parse(JSON.parse(blocks));
}

/** Returns why Slack would not take some blocks; null where it would. */
export function refusedBlocks(blocks: TwinMessage['blocks']): TwinAnswer | null {
  const trouble = troubleWithBlocks(blocks);
  if (trouble !== null) {
    return refusal('invalid_blocks', { response_metadata: { messages: [`[ERROR] ${trouble}`] } });
  }
  return isTooLong(blocks) ? refusal('msg_blocks_too_long') : null;
}
