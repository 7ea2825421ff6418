import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { SlackAccess } from './access.ts';

const pageSchema = z.object({ messages: z.array(z.unknown()) });
const messageSchema = z.looseObject({
  ts: z.string(),
  user: z.string().nullish(),
  text: z.string().nullish(),
  reply_count: z.number().nullish(),
  edited: z.object({ ts: z.string() }).nullish().catch(null),
});
export type ReadMessage = z.infer<typeof messageSchema>;

export interface MessagePlace {
  channel: string;
  ts: string;
  /** Of the message that it is a reply to. */
  threadTs?: string | undefined;
}

/** Returns one message with its metadata. @throws AdjutantError `NotFound` */
export async function readMessage(
  read: SlackAccess['read'],
  { channel, ts, threadTs }: MessagePlace,
): Promise<ReadMessage> {
  const exactly = { oldest: ts, latest: ts, inclusive: true, include_all_metadata: true, limit: 5 };
  const what = 'this message';
  const page =
    threadTs === undefined
      ? await read('conversations.history', { channel, ...exactly }, pageSchema, what)
      : await read(
          'conversations.replies',
          { channel, ...exactly, ts: threadTs },
          pageSchema,
          what,
        );
  for (const item of page.messages) {
    const message = messageSchema.safeParse(item);
    if (message.success && message.data.ts === ts) return message.data;
  }
  throw new AdjutantError('NotFound', `There is no message ${ts} in that place.`, {
    source: 'slack',
    hint: 'It may have been deleted; a reply is named with the message that it is a reply to.',
  });
}
