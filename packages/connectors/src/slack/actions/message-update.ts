import {
  type ActionContext,
  AdjutantError,
  type AnyActionDefinition,
  defineAction,
  type JsonObject,
} from '@adjutant/core';
import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { plain } from '../../writing/preview-facts.ts';
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
import { carriesEffect, isOurs } from '../writing/effect-metadata.ts';
import { examineMessage, raisedBy } from '../writing/examine-message.ts';
import {
  channelSchema,
  messageShape,
  timestampSchema,
  wireText,
} from '../writing/outgoing-message.ts';
import { readMessage, type ReadMessage } from '../writing/read-message.ts';
import { sendMessage } from '../writing/send-message.ts';

const payloadSchema = z.strictObject({
  channel: channelSchema,
  ts: timestampSchema,
  threadTs: timestampSchema.optional(),
  ...messageShape,
});
type Payload = z.infer<typeof payloadSchema>;

/** Changes a message that an earlier action wrote. */
export function messageUpdate(config: SlackConfig): AnyActionDefinition {
  const accessOf = (context: ActionContext): SlackAccess => createSlackAccess(config, context);
  return defineAction<Payload>({
    id: 'message.update',
    title: 'Change a message of our own',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = accessOf(context);
      const found = await read(access, config, payload);
      const { channel, message } = found;
      const text = await examineMessage(access, payload);
      const isExternal = channel.is_ext_shared !== false;
      const external = isExternal ? ['people of another organisation may read it'] : [];
      const ref = channelRef(channel);
      return {
        target: {
          source: 'slack',
          externalId: `${channel.id}:${message.ts}`,
          ref: `a message in ${ref}`,
          url: null,
        },
        preconditions: bound(found),
        facts: [
          ...text.facts,
          ...channelFacts(channel),
          plain('Replaces', neutralText(message.text ?? '', 300)),
          ...(await commonFacts(access)),
        ],
        recipients: [
          `the members of ${ref} (${channel.num_members ?? 'how many is unknown'})`,
          ...text.recipients,
        ],
        content: wireText(payload),
        conditions: { ...channelConditions(channel), contains_command: text.containsCommand },
        excludedAccounts: [],
        nudges: text.people.map((externalId) => ({
          source: 'slack',
          externalId,
          itemKey: `slack:${channel.id}:${message.ts}`,
        })),
        ...raisedBy([...text.reasons, ...external]),
      };
    },
    observe: async (context, payload) =>
      await observed(async () => bound(await read(accessOf(context), config, payload))),
    execute: async (context, { payload, preconditions, effectKey }) => {
      const place = { channel: boundChannelId(preconditions), ts: payload.ts };
      const access = accessOf(context);
      return await sendMessage(access, 'chat.update', place, { message: payload, effectKey });
    },
    probe: async (context, { payload, preconditions, effectKey }) => {
      const channel = boundChannelId(preconditions);
      const { ts, threadTs } = payload;
      const access = accessOf(context);
      const message = await readMessage(access.readAsWriter, { channel, ts, threadTs });
      if (!carriesEffect(message, effectKey)) return { outcome: 'absent' };
      return { outcome: 'applied', result: { channel, ts } };
    },
  });
}

interface Found {
  channel: SlackChannel;
  message: ReadMessage;
}

async function read(access: SlackAccess, config: SlackConfig, payload: Payload): Promise<Found> {
  const channel = await readAllowedChannel(access, config, payload.channel);
  const { ts, threadTs } = payload;
  // Whoever wrote it sees its metadata in any case.
  const reader = access.canWrite ? access.readAsWriter : access.read;
  const message = await readMessage(reader, { channel: channel.id, ts, threadTs });
  if (isOurs(message)) return { channel, message };
  throw new AdjutantError('InvalidInput', 'No action of ours wrote this message.', {
    source: 'slack',
    hint: 'Only messages that an action posted are changed.',
  });
}

/** Its words as a digest: what stood there when it was approved must stand there still. */
function bound({ channel, message }: Found): JsonObject {
  return {
    ...boundChannel(channel),
    ts: message.ts,
    text: shortHash(message.text ?? ''),
    editedTs: message.edited?.ts ?? null,
  };
}
