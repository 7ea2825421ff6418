import type { ProbeResult } from '@adjutant/core';
import { z } from 'zod';
import type { SlackAccess } from './access.ts';
import { carriesEffect } from './effect-metadata.ts';

const lookBackMs = 30 * 86_400_000;
const pageSize = 200;
const mostPages = 25;

const pageSchema = z.object({
  messages: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});
const messageSchema = z.object({ ts: z.string() });

export interface PlaceToLook {
  channel: string;
  threadTs: string | null;
  /** @unit epoch milliseconds */
  now: number;
}

/** Looks for a message by its metadata, newest first, as whoever wrote it. */
export async function findMessage(
  access: SlackAccess,
  { channel, threadTs, now }: PlaceToLook,
  effectKey: string,
): Promise<ProbeResult> {
  const parameters = {
    channel,
    ...(threadTs === null ? {} : { ts: threadTs }),
    oldest: (Math.max(0, now - lookBackMs) / 1_000).toFixed(6),
    include_all_metadata: true,
    limit: pageSize,
  };
  const method = threadTs === null ? 'conversations.history' : 'conversations.replies';
  // Without an upper end Slack gives the oldest first.
  const latest = ((now + 86_400_000) / 1_000).toFixed(6);
  const seen = new Set<string>();
  for (let cursor = '', count = 0; count < mostPages; count += 1) {
    const asked = { ...parameters, latest, ...(cursor === '' ? {} : { cursor }) };
    const page = await access.readAsWriter(method, asked, pageSchema, 'the messages there');
    const found = page.messages.find((message) => carriesEffect(message, effectKey));
    const message = messageSchema.safeParse(found);
    if (message.success) {
      return { outcome: 'applied', result: { channel, ts: message.data.ts } };
    }
    cursor = page.response_metadata?.next_cursor ?? '';
    if (cursor === '') {
      return page.has_more === true ? tooMany : { outcome: 'absent' };
    }
    if (seen.has(cursor)) return tooMany;
    seen.add(cursor);
  }
  return tooMany;
}

const tooMany: ProbeResult = {
  outcome: 'unclear',
  reason: 'There are more messages than are looked through.',
};
