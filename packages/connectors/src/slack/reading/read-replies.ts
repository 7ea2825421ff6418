import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { SlackClient } from '../client/client.ts';
import { readPages } from '../client/read-pages.ts';
import type { Replies } from '../map/payloads.ts';
import { instantOf } from '../map/timestamps.ts';
import { createTextReader } from './read-text.ts';
import { type ReducedMessage, reduceMessage } from './reduce-message.ts';

const lastSchema = z.object({ messages: z.array(z.unknown()) });
/** Of a reply nothing counts but by whom and when. */
const unread = createTextReader([]);

export type Root = Pick<ReducedMessage, 'ts' | 'author' | 'replyCount' | 'latestReply'>;

export const noReplies: Replies = {
  count: 0,
  latest: null,
  firstAt: null,
  firstBy: null,
  lastAt: null,
  lastBy: null,
};

/**
 * Reads the replies to a message until one by a person other than the author is found, and the last
 * one; null where Slack does not show them, or not to their end.
 */
export async function readReplies(
  client: SlackClient,
  channel: string,
  root: Root,
): Promise<Replies | null> {
  try {
    return await read(client, channel, root);
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
    throw error;
  }
}

async function read(client: SlackClient, channel: string, root: Root): Promise<Replies | null> {
  const pages = readPages(client, {
    method: 'conversations.replies',
    parameters: { channel, ts: root.ts, limit: 200 },
    field: 'messages',
    what: 'these replies',
  });
  let first: ReducedMessage | null = null;
  let last: ReducedMessage | null = null;
  for await (const { items, isEnd, isBroken } of pages) {
    for (const reply of repliesIn(items, root.ts)) {
      if (!reply.isByProgram && reply.author !== root.author) first ??= reply;
      last = reply;
    }
    if (isBroken) return null;
    if (first !== null && !isEnd) {
      last = await readLast(client, channel, root);
      break;
    }
  }
  const lastTs = root.latestReply ?? last?.ts ?? null;
  return {
    count: root.replyCount,
    latest: root.latestReply,
    firstAt: first === null ? null : instantOf(first.ts),
    firstBy: first?.author ?? null,
    lastAt: lastTs === null ? null : instantOf(lastTs),
    lastBy: last?.author ?? null,
  };
}

/** Where a thread goes on for pages, only its end is asked for. */
async function readLast(
  client: SlackClient,
  channel: string,
  { ts, latestReply }: Root,
): Promise<ReducedMessage | null> {
  if (latestReply === null) return null;
  const parameters = { channel, ts, oldest: latestReply, inclusive: true, limit: 15 };
  const { data } = await client.call(
    'conversations.replies',
    parameters,
    lastSchema,
    'these replies',
  );
  return repliesIn(data.messages, ts).find((reply) => reply.ts === latestReply) ?? null;
}

function repliesIn(items: readonly unknown[], rootTs: string): ReducedMessage[] {
  return items.flatMap((item) => {
    const reply = reduceMessage(item, unread);
    return reply === null || reply === 'unreadable' || reply.ts === rootTs ? [] : [reply];
  });
}
