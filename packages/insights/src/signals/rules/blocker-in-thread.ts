import { type ChatThreadSubject, defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';

/** A thread in which somebody says to be held up. */
export const blockerInThread = defineSignal(
  {
    id: 'blocker-in-thread',
    version: 1,
    title: 'Blocker named in a thread',
    description:
      'A thread of the last fourteen days that says that somebody is held up, and that nobody has answered for four weekday hours; or that was answered, has been quiet for a weekday since, and is not marked as done. What programs write counts for nothing, and where whoever asked had the last word after an answer, the matter is taken for settled. It is over with an answer, with the mark, or after fourteen days.',
    subject: 'chat_thread',
    severity: 'medium',
    params: z.object({
      unansweredHours: z
        .number()
        .positive()
        .default(4)
        .describe(
          'Weekday hours without an answer; 4, because half a day of being held up is dear',
        ),
      quietHours: z
        .number()
        .positive()
        .default(24)
        .describe(
          'Weekday hours without a word after an answer; 24, because help often comes the next day',
        ),
      severeHours: z
        .number()
        .positive()
        .default(24)
        .describe('Weekday hours without an answer from which on it is severe'),
    }),
    evaluate(thread, { params }) {
      if (!thread.namesBlocker || thread.isByBot || thread.isMarkedDone) return null;
      if (thread.isAnswered === null) {
        return { unknown: 'its source does not show replies' };
      }
      return thread.isAnswered
        ? quiet(thread, params.quietHours)
        : unanswered(thread, params.unansweredHours, params.severeHours);
    },
    suggest(thread) {
      if (thread.threadTs === null) return [];
      const text =
        'Is somebody still held up by this? If it is settled, a check mark on the first message says so.';
      const payload = { channel: thread.channelId, threadTs: thread.threadTs, text };
      const why = 'Asks in the thread whether it still holds somebody up.';
      return [{ type: 'message.post', payload, why }];
    },
  },
  'shipped',
);

function unanswered(thread: ChatThreadSubject, hours: number, severeHours: number) {
  const { startedAt, weekdayHours, key } = thread;
  if (startedAt === null || weekdayHours === null || weekdayHours <= hours) return null;
  return {
    since: startedAt,
    severity: weekdayHours > severeHours ? ('high' as const) : ('medium' as const),
    sentence: `${key} names a blocker, and nobody has answered for ${spokenHours(weekdayHours)}.`,
    facts: { hours: Math.floor(weekdayHours), isAnswered: false },
  };
}

function quiet(thread: ChatThreadSubject, hours: number) {
  const { lastReplyAt, quietWeekdayHours, key, authorHadLastWord } = thread;
  if (authorHadLastWord || lastReplyAt === null || quietWeekdayHours === null) return null;
  if (quietWeekdayHours <= hours) return null;
  return {
    since: lastReplyAt,
    severity: 'low' as const,
    sentence: `${key} names a blocker, was answered, is not marked as done, and has been quiet for ${spokenHours(quietWeekdayHours)}.`,
    facts: { hours: Math.floor(quietWeekdayHours), isAnswered: true },
  };
}
