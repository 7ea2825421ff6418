import { type ChatThreadSubject, defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenWorkingHours } from '../spoken-working-hours.ts';

/** A thread in which somebody says to be held up. */
export const blockerInThread = defineSignal(
  {
    id: 'blocker-in-thread',
    version: 2,
    title: 'Blocker named in a thread',
    description:
      'A thread of the last fourteen days that says that somebody is held up, and that nobody has answered for four working hours; or that was answered, has been quiet for a working day since, and is not marked as done. Working hours are those from nine to five, Mondays to Fridays, in the zone of the workspace: nobody is held up by an evening. What programs write counts for nothing, and where whoever asked had the last word after an answer, the matter is taken for settled. It is over with an answer, with the mark, or after fourteen days.',
    subject: 'chat_thread',
    severity: 'medium',
    params: z.object({
      unansweredHours: z
        .number()
        .positive()
        .default(4)
        .describe(
          'Working hours without an answer; 4, because half a day of being held up is dear',
        ),
      quietHours: z
        .number()
        .positive()
        .default(8)
        .describe(
          'Working hours without a word after an answer; 8, a day, because help often comes the next one',
        ),
      severeHours: z
        .number()
        .positive()
        .default(8)
        .describe('Working hours without an answer from which on it is severe; 8, a day'),
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
  const { startedAt, workingHours, key } = thread;
  if (startedAt === null || workingHours === null || workingHours <= hours) return null;
  return {
    since: startedAt,
    severity: workingHours > severeHours ? ('high' as const) : ('medium' as const),
    sentence: `${key} names a blocker, and nobody has answered for ${spokenWorkingHours(workingHours)}.`,
    facts: { hours: Math.floor(workingHours), isAnswered: false },
  };
}

function quiet(thread: ChatThreadSubject, hours: number) {
  const { lastReplyAt, quietWorkingHours, key, authorHadLastWord } = thread;
  if (authorHadLastWord || lastReplyAt === null || quietWorkingHours === null) return null;
  if (quietWorkingHours <= hours) return null;
  return {
    since: lastReplyAt,
    severity: 'low' as const,
    sentence: `${key} names a blocker, was answered, is not marked as done, and has been quiet for ${spokenWorkingHours(quietWorkingHours)}.`,
    facts: { hours: Math.floor(quietWorkingHours), isAnswered: true },
  };
}
