import { AdjutantError, type ConnectorContext, type ReadRequest, type Scope } from '@adjutant/core';
import { z } from 'zod';
import { createSlackClient, type SlackClient } from '../client/client.ts';
import type { SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';
import { channelAnswerSchema, type SlackChannel } from './payloads.ts';

const workspaceDetailSchema = z.object({ kind: z.literal('workspace') });
const channelDetailSchema = z.object({
  kind: z.literal('channel'),
  /** Where people read it; null where Slack did not say. */
  url: z.string().nullable(),
});

/** What the streams of one pass share: the client with its pace, and what discovery was told. */
export interface Session {
  client: SlackClient;
  channels: Map<string, SlackChannel>;
}

const sessions = new WeakMap<ConnectorContext<SlackConfig>, Session>();

/** Returns the session of a pass: one context, one client. */
export function sessionOf(context: ConnectorContext<SlackConfig>): Session {
  const present = sessions.get(context);
  if (present !== undefined) return present;
  const session: Session = { client: createSlackClient(context), channels: new Map() };
  sessions.set(context, session);
  return session;
}

/** Whether a scope is a channel; the workspace is the other kind. */
export function isChannelScope(scope: Scope): boolean {
  return channelDetailSchema.safeParse(scope.detail).success;
}

/** Whether a scope is the workspace. */
export function isWorkspaceScope(scope: Scope): boolean {
  return workspaceDetailSchema.safeParse(scope.detail).success;
}

/** Returns where people read a channel; null where that is not known. */
export function channelUrlOf(scope: Scope): string | null {
  const detail = channelDetailSchema.safeParse(scope.detail);
  return detail.success ? detail.data.url : null;
}

/** Returns the client of a pass, with its requests counted. */
export function clientOf(
  context: ConnectorContext<SlackConfig>,
  { budget }: Pick<ReadRequest, 'budget'>,
): SlackClient {
  const { client } = sessionOf(context);
  client.governor.attach(budget);
  return client;
}

/** Returns what is known of the scope's channel, asking where this pass has not asked yet. */
export async function channelOf(
  context: ConnectorContext<SlackConfig>,
  request: Pick<ReadRequest, 'scope' | 'budget'>,
): Promise<SlackChannel> {
  const { scope } = request;
  if (!isChannelScope(scope)) {
    throw new AdjutantError('InvalidInput', `${scope.name} was not discovered by slack.`, {
      source: slackVendor.source,
      hint: 'Discover the channels again.',
    });
  }
  const client = clientOf(context, request);
  const { channels } = sessionOf(context);
  const present = channels.get(scope.externalId);
  if (present !== undefined) return present;
  const channel = await askChannel(client, scope.externalId);
  channels.set(channel.id, channel);
  return channel;
}

/** Asks for one channel by its id. @throws AdjutantError */
export async function askChannel(client: SlackClient, id: string): Promise<SlackChannel> {
  const parameters = { channel: id, include_num_members: true };
  const { data } = await client.call(
    'conversations.info',
    parameters,
    channelAnswerSchema,
    'this channel',
  );
  return data.channel;
}
