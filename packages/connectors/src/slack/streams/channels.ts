import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import type { SlackConfig } from '../config.ts';
import { channelOf, isChannelScope } from '../discovery/session.ts';
import { kindOf, mapChannel } from '../map/map-chat.ts';
import { type ChannelPayload, channelPayloadSchema } from '../map/payloads.ts';

/** The channels themselves, by their ids: a rename changes a name and nothing else. */
export const channels = defineStream<SlackConfig, ChannelPayload>({
  id: 'channels',
  title: 'Channels',
  payloadSchema: channelPayloadSchema,
  appliesTo: isChannelScope,
  read: readChannel,
  map: mapChannel,
});

async function* readChannel(
  context: ConnectorContext<SlackConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const channel = await channelOf(context, request);
  const payload: ChannelPayload = {
    name: channel.name ?? channel.id,
    kind: kindOf(channel),
    memberCount: channel.num_members ?? null,
    isExternal: channel.is_ext_shared ?? null,
    isArchived: channel.is_archived === true,
  };
  const records = [{ externalId: channel.id, payload }];
  yield { records, tombstones: [], state: {}, complete: true, gaps: [] };
}
