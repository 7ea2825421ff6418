import { z } from 'zod';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/** A thread of the last fourteen days that asks something or names a blocker. Its words are not kept. */
export const chatThreadSubjectSchema = z.object({
  ...subjectFields,
  channel: z.string().nullable().describe('The channel it stands in: text from outside'),
  authorPersonId: z.string().nullable().describe('Whoever began it, where that person is known'),
  isByBot: z.boolean().describe('Whether a program began it'),
  namesBlocker: z.boolean().describe('Whether it says that somebody is held up'),
  asks: z.boolean().describe('Whether it asks something'),
  isAnswered: z.boolean().nullable().describe('Whether somebody other than its author replied'),
  isMarkedDone: z.boolean().describe('Whether somebody marked it as done'),
  startedAt: instantField.describe('When it began'),
  weekdayHours: hoursField.describe('Hours since, Saturdays and Sundays left out'),
  replyCount: countField.describe('How many replies it has'),
  lastReplyAt: instantField.describe('When the last reply came'),
  quietWeekdayHours: hoursField.describe(
    'Hours since the last message in it, Saturdays and Sundays left out',
  ),
  mentionCount: countField.describe('How many people and groups it speaks to'),
});
export type ChatThreadSubject = z.infer<typeof chatThreadSubjectSchema>;
