import {
  type ActionContext,
  type AnyActionDefinition,
  defineAction,
  type JsonObject,
} from '@adjutant/core';
import { z } from 'zod';
import { plain } from '../../writing/preview-facts.ts';
import { observed } from '../../writing/observed.ts';
import type { SlackConfig } from '../config.ts';
import type { SlackChannel } from '../discovery/payloads.ts';
import { createSlackAccess, quietPeriodMs, type SlackAccess } from '../writing/access.ts';
import {
  boundChannel,
  boundChannelId,
  channelConditions,
  channelFacts,
  channelRef,
  readAllowedChannel,
} from '../writing/allowed-channel.ts';
import { commonFacts } from '../writing/common-facts.ts';
import { examineMessage, raisedBy } from '../writing/examine-message.ts';
import { findMessage } from '../writing/find-message.ts';
import {
  channelSchema,
  messageShape,
  timestampSchema,
  wireText,
} from '../writing/outgoing-message.ts';
import { readMessage } from '../writing/read-message.ts';
import { sendMessage } from '../writing/send-message.ts';

const payloadSchema = z.strictObject({
  channel: channelSchema,
  threadTs: timestampSchema.optional(),
  ...messageShape,
});
type Payload = z.infer<typeof payloadSchema>;

/** Posts a message to a channel that the configuration names, or a reply in a thread there. */
export function messagePost(config: SlackConfig): AnyActionDefinition {
  const accessOf = (context: ActionContext): SlackAccess => createSlackAccess(config, context);
  return defineAction<Payload>({
    id: 'message.post',
    title: 'Post a message',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = accessOf(context);
      const { channel, replies } = await read(access, config, payload);
      const text = await examineMessage(access, payload);
      const { threadTs } = payload;
      const isExternal = channel.is_ext_shared !== false;
      const external = isExternal ? ['people of another organisation may read it'] : [];
      const size = channel.num_members ?? null;
      const ref = channelRef(channel);
      return {
        target: {
          source: 'slack',
          externalId: threadTs === undefined ? channel.id : `${channel.id}:${threadTs}`,
          ref: threadTs === undefined ? ref : `${ref} (a thread)`,
          url: null,
        },
        preconditions: bound(channel, payload),
        facts: [
          ...text.facts,
          ...channelFacts(channel),
          threadTs === undefined
            ? plain('As', 'a message of its own')
            : plain('As', `a reply in a thread with ${replies ?? 'an unknown number of'} replies`),
          ...(await commonFacts(access)),
        ],
        recipients: [
          `the members of ${ref} (${size === null ? 'how many is unknown' : size})`,
          ...text.recipients,
        ],
        content: wireText(payload),
        conditions: { ...channelConditions(channel), contains_command: text.containsCommand },
        excludedAccounts: [],
        nudges: text.people.map((externalId) => ({
          source: 'slack',
          externalId,
          itemKey: `slack:${channel.id}:${threadTs ?? ''}`,
        })),
        ...raisedBy([...text.reasons, ...external]),
      };
    },
    observe: async (context, payload) =>
      await observed(async () => {
        const { channel } = await read(accessOf(context), config, payload);
        return bound(channel, payload);
      }),
    execute: async (context, { payload, preconditions, effectKey }) => {
      const { threadTs } = payload;
      const place = {
        channel: boundChannelId(preconditions),
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      };
      const access = accessOf(context);
      return await sendMessage(access, 'chat.postMessage', place, { message: payload, effectKey });
    },
    probe: async (context, { payload, preconditions, effectKey }) => {
      const place = {
        channel: boundChannelId(preconditions),
        threadTs: payload.threadTs ?? null,
        now: context.clock.now(),
      };
      return await findMessage(accessOf(context), place, effectKey);
    },
  });
}

async function read(
  access: SlackAccess,
  config: SlackConfig,
  { channel: reference, threadTs }: Payload,
): Promise<{ channel: SlackChannel; replies: number | null }> {
  const channel = await readAllowedChannel(access, config, reference);
  if (threadTs === undefined) return { channel, replies: null };
  const root = await readMessage(access.read, { channel: channel.id, ts: threadTs });
  return { channel, replies: root.reply_count ?? 0 };
}

function bound(channel: SlackChannel, { threadTs }: Payload): JsonObject {
  return { ...boundChannel(channel), threadTs: threadTs ?? null };
}
