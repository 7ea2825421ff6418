import { z } from 'zod';
import { instantOf } from '../map/timestamps.ts';
import type { ReadText, TextSigns } from './read-text.ts';

const text = z.string().nullish().catch(null);
const messageSchema = z.object({
  ts: z.string(),
  thread_ts: text,
  subtype: text,
  user: text,
  bot_id: text,
  text,
  reply_count: z.number().int().nonnegative().nullish().catch(null),
  latest_reply: text,
  reactions: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
});

/** Marks by which people say that something is done. */
const doneMarks: ReadonlySet<string> = new Set([
  'ballot_box_with_check',
  'checkered_flag',
  'done',
  'heavy_check_mark',
  'resolved',
  'white_check_mark',
]);
/** What somebody said; every other kind tells of joins, names, topics and the like. */
const saying: ReadonlySet<string> = new Set([
  'bot_message',
  'file_share',
  'me_message',
  'thread_broadcast',
]);

/** A message without what it says. Past this boundary no text goes. */
export interface ReducedMessage extends TextSigns {
  ts: string;
  /** Null for one that begins a thread or stands alone. */
  threadTs: string | null;
  author: string | null;
  /** Written by a program. */
  isByProgram: boolean;
  isMarkedDone: boolean;
  replyCount: number;
  latestReply: string | null;
}

/**
 * Returns a message reduced to what a signal needs; null for what nobody said, `'unreadable'` for
 * what has no known form.
 */
export function reduceMessage(
  message: unknown,
  readText: ReadText,
): ReducedMessage | 'unreadable' | null {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success || instantOf(parsed.data.ts) === null) return 'unreadable';
  const { ts, thread_ts: threadTs, subtype, user, bot_id: botId, reactions } = parsed.data;
  if (typeof subtype === 'string' && subtype !== '' && !saying.has(subtype)) return null;
  // A reply that was also sent to the channel; without its thread nobody can tell what it answers.
  if (subtype === 'thread_broadcast' && typeof threadTs !== 'string') return null;
  const author = idOf(user) ?? (idOf(botId) === null ? null : `bot:${idOf(botId)}`);
  return {
    ts,
    threadTs: typeof threadTs === 'string' && threadTs !== ts ? threadTs : null,
    author,
    isByProgram: idOf(botId) !== null || subtype === 'bot_message',
    ...readText(parsed.data.text ?? '', author),
    isMarkedDone: (reactions ?? []).some(({ name }) => doneMarks.has(name.split('::')[0] ?? '')),
    replyCount: parsed.data.reply_count ?? 0,
    latestReply: parsed.data.latest_reply ?? null,
  };
}

function idOf(id: string | null | undefined): string | null {
  return typeof id === 'string' && /^[A-Z0-9]{2,30}$/.test(id) ? id : null;
}
