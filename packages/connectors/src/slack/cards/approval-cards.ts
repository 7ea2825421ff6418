import type {
  ApprovalCard,
  ApprovalCards,
  CardOutcome,
  CardPlace,
  ConnectorContext,
} from '@adjutant/core';
import { z } from 'zod';
import type { SlackConfig } from '../config.ts';
import { kindOf } from '../map/map-chat.ts';
import { createSlackAccess, quietPeriodMs, type SlackAccess } from '../writing/access.ts';
import { readAllowedChannel } from '../writing/allowed-channel.ts';
import { effectMetadata } from '../writing/effect-metadata.ts';
import { findMessage } from '../writing/find-message.ts';
import { type CardAudience, cardBlocks } from './card-blocks.ts';

const placeSchema = z.object({ channel: z.string(), ts: z.string() });

interface Room {
  access: SlackAccess;
  id: string;
  audience: CardAudience;
}

/** Cards in the channel that the configuration names for approvals, and in no other. */
export const slackCards: ApprovalCards<SlackConfig> = {
  quietPeriodMs,
  isWanted: ({ approvals }) => approvals !== undefined,
  async post(context, card) {
    const { access, id, audience } = await enter(context, card);
    const message = { channel: id, ...draw(context.config, card, audience) };
    return ended(await access.send('chat.postMessage', message));
  },
  async find(context, card) {
    const { access, id } = await enter(context, card);
    const place = { channel: id, threadTs: null, now: context.clock.now() };
    const found = await findMessage(access, place, card.key);
    if (found.outcome !== 'applied') return found;
    return { outcome: 'found', place: placeSchema.parse(found.result) };
  },
  async update(context, place, card) {
    const { channel, ts } = placeSchema.parse(place);
    const { access, id, audience } = await enter(context, card);
    // Whoever reads in another channel by now is not known: the card there gives nothing away.
    const readers = id === channel ? audience : { isPublic: true, isExternal: true };
    const message = { channel, ts, ...draw(context.config, card, readers) };
    return ended(await access.send('chat.update', message));
  },
};

async function enter(context: ConnectorContext<SlackConfig>, card: ApprovalCard): Promise<Room> {
  const { config } = context;
  const reference = config.approvals?.channel ?? '';
  const { workspaceId } = card;
  const access = createSlackAccess(config, { ...context, workspaceId });
  // Looked at each time: a channel may be made public, or shared, while its cards are open.
  const channel = await readAllowedChannel(access, { ...config, channels: [reference] }, reference);
  const isPublic = kindOf(channel) === 'public';
  return {
    access,
    id: channel.id,
    audience: { isPublic, isExternal: channel.is_ext_shared !== false },
  };
}

function draw(
  { approvals }: SlackConfig,
  card: ApprovalCard,
  audience: CardAudience,
): Readonly<Record<string, unknown>> {
  const options = {
    canDecide: approvals?.signingSecret !== undefined,
    pageUrl: approvals?.pageUrl ?? null,
  };
  return {
    ...cardBlocks(card, audience, options),
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: effectMetadata(card.key, 'card'),
  };
}

function ended(sent: Awaited<ReturnType<SlackAccess['send']>>): CardOutcome {
  if (sent.ok) return { outcome: 'done', place: readPlace(sent.data) };
  const { result } = sent;
  if (result.outcome === 'not_applied') {
    const { reason, retryAfterMs } = result;
    return {
      outcome: 'not_done',
      reason,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  const reason = result.outcome === 'refused' ? result.reason : 'It ended in an unknown way.';
  return { outcome: 'refused', reason };
}

function readPlace(data: unknown): CardPlace {
  return placeSchema.parse(data);
}
