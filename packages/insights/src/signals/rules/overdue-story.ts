import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { suggestComment } from '../suggest-comment.ts';
import { counted } from '../counted.ts';

/** A work item whose day has passed. */
export const overdueStory = defineSignal(
  {
    id: 'overdue-story',
    version: 1,
    title: 'Overdue story',
    description:
      'A work item with a due day that is over, in the zone of the workspace, and that is not done: from the day after it on. What is due today is not late yet. An epic has no day of its own to keep, and what was done by its day and taken up again kept it. It is over once the item is done or its day is moved.',
    subject: 'work_item',
    severity: 'medium',
    params: z.object({
      overdueDays: z
        .number()
        .int()
        .min(1)
        .default(1)
        .describe('Days after the due day; 1, because a due day counts to its end'),
      severeDays: z
        .number()
        .int()
        .min(1)
        .default(7)
        .describe('Days from which on it is severe; 7, because a week holds one of most meetings'),
    }),
    evaluate(item, { params }) {
      if (item.kind === 'epic' || item.metDueDay) return null;
      const { overdueDays, overdueSince, dueDay } = item;
      if (overdueDays === null || overdueSince === null) return null;
      if (overdueDays < params.overdueDays) return null;
      return {
        since: overdueSince,
        severity: overdueDays >= params.severeDays ? 'high' : 'medium',
        sentence: `${item.key} was due on ${dueDay}, ${counted(overdueDays, 'day')} ago, and is not done.`,
        facts: { overdueDays, dueDay },
      };
    },
    suggest: (item) =>
      suggestComment(
        item.key,
        `This was due on ${item.dueDay} and is not done. Is the day still right, or what is missing?`,
        `Asks on ${item.key} whether its day still holds.`,
      ),
  },
  'shipped',
);
