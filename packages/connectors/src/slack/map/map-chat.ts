import type { DomainRows, Scope } from '@adjutant/core';
import type { ChatChannelKind } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import type { SlackChannel } from '../discovery/payloads.ts';
import { channelUrlOf } from '../discovery/session.ts';
import type { ChannelPayload, ThreadPayload } from './payloads.ts';
import { instantOf } from './timestamps.ts';

const source = 'slack';

/** Returns who may read a channel. */
export function kindOf(channel: SlackChannel): ChatChannelKind {
  if (channel.is_im === true) return 'direct';
  if (channel.is_mpim === true) return 'group';
  return channel.is_private === true ? 'private' : 'public';
}

/** Returns the row that a channel stands for. Pure. */
export function mapChannel(payload: ChannelPayload, scope: Scope): DomainRows {
  const name = boundedText(payload.name, 200);
  return { chatChannels: [{ ...payload, source, externalId: scope.externalId, name }] };
}

/** Returns the row that a thread stands for. Pure. */
export function mapThread(payload: ThreadPayload, scope: Scope): DomainRows {
  const startedAt = instantOf(payload.ts);
  if (startedAt === null) return {};
  const { replies } = payload;
  const channelUrl = channelUrlOf(scope);
  return {
    chatThreads: [
      {
        source,
        externalId: threadId(scope.externalId, payload.ts),
        channelExternalId: scope.externalId,
        authorAccountExternalId: payload.author,
        startedAt,
        asks: payload.asks,
        namesBlocker: payload.namesBlocker,
        mentionedAccounts: payload.mentionedAccounts,
        mentionedGroups: payload.mentionedGroups,
        mentionsEverybody: payload.mentionsEverybody,
        replyCount: payload.replyCount,
        firstReplyAt: replies?.firstAt ?? null,
        firstReplyByAccountExternalId: replies?.firstBy ?? null,
        lastReplyAt: replies?.lastAt ?? null,
        lastReplyByAccountExternalId: replies?.lastBy ?? null,
        isMarkedDone: payload.isMarkedDone,
        url: channelUrl === null ? null : `${channelUrl}/p${payload.ts.replace('.', '')}`,
      },
    ],
  };
}

/** A `ts` is unique within its channel only. */
export function threadId(channelId: string, ts: string): string {
  return `${channelId}:${ts}`;
}
