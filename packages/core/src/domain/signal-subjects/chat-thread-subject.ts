import { z } from 'zod';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/**
 * A thread of the last fourteen days that asks something or names a blocker. Its words are not kept. Of
 * a past instant only the first and the last reply are known, and marks are as they are now.
 */
export const chatThreadSubjectSchema = z.object({
  ...subjectFields,
  channelId: z.string().describe('What its source knows that channel by'),
  threadTs: z
    .string()
    .nullable()
    .describe('What its source knows the first message by, for a reply to it'),
  channel: z.string().nullable().describe('The channel it stands in: text from outside'),
  authorPersonId: z.string().nullable().describe('Whoever began it, where that person is known'),
  isByBot: z.boolean().describe('Whether a program began it'),
  namesBlocker: z.boolean().describe('Whether it says that somebody is held up'),
  asks: z.boolean().describe('Whether it asks something'),
  isAnswered: z
    .boolean()
    .nullable()
    .describe('Whether a person other than its author replied; unknown where replies are not read'),
  answeredAt: instantField.describe('When the first of these replies came'),
  authorHadLastWord: z
    .boolean()
    .describe('Whether the last reply is by whoever began it, after somebody had answered'),
  isMarkedDone: z.boolean().describe('Whether somebody marked it as done; when, no source tells'),
  startedAt: instantField.describe('When it began'),
  weekdayHours: hoursField.describe('Hours since, Saturdays and Sundays left out'),
  workingHours: hoursField.describe('Hours since, Mondays to Fridays from nine to five'),
  replyCount: countField.describe('How many replies it has'),
  lastReplyAt: instantField.describe('When the last reply came'),
  quietWeekdayHours: hoursField.describe(
    'Hours since the last message in it, Saturdays and Sundays left out',
  ),
  quietWorkingHours: hoursField.describe(
    'Hours since the last message in it, Mondays to Fridays from nine to five',
  ),
  mentionedPersonIds: z.array(z.string()).describe('Those of them who are known as people'),
  mentionCount: countField.describe('How many people and groups it speaks to'),
});
export type ChatThreadSubject = z.infer<typeof chatThreadSubjectSchema>;
