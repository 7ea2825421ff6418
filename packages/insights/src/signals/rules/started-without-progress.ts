import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';
import { spokenWeekdays } from '../spoken-weekdays.ts';
import { suggestComment } from '../suggest-comment.ts';

/** A work item that was begun and does not get on. */
export const startedWithoutProgress = defineSignal(
  {
    id: 'started-without-progress',
    version: 1,
    title: 'Started without progress',
    description:
      'A work item in progress for longer than 85 % of what its project finished in the last ninety days took (its service-level expectation), with which nobody has done anything for two weekdays: no change of status, owner, estimate or flag, and no commit, review or comment on a pull request that is linked with it. Epics and subtasks stay out, and so does what is blocked, which another rule tells. It is over once anything of this happens, or the item leaves progress.',
    subject: 'work_item',
    cadence: 'daily',
    severity: 'medium',
    params: z.object({
      idleHours: z
        .number()
        .positive()
        .default(48)
        .describe('Weekday hours without progress; 48, because a day may go to something else'),
      expectedFactor: z
        .number()
        .positive()
        .default(1)
        .describe('How many times the expectation; 1, because it is 85 of 100 that keep it'),
      clearFactor: z
        .number()
        .positive()
        .max(1)
        .default(0.8)
        .describe(
          'How much of that still keeps it open: the expectation moves a little with each item that is done',
        ),
    }),
    evaluate(item, { params, isOpen }) {
      if (item.statusCategory !== 'in_progress') return null;
      if (item.kind === 'epic' || item.kind === 'subtask') return null;
      if (item.isFlagged || item.blockedByKeys.length > 0) return null;
      const { inProgressHours, idleWeekdayHours, expectedHours, lastProgressAt } = item;
      if (idleWeekdayHours !== null && idleWeekdayHours <= params.idleHours) return null;
      if (expectedHours === null) {
        return { unknown: 'its project finished fewer than ten items in the last ninety days' };
      }
      if (inProgressHours === null || idleWeekdayHours === null || lastProgressAt === null) {
        return { unknown: 'its source does not show when it was begun' };
      }
      const bound = expectedHours * params.expectedFactor * (isOpen ? params.clearFactor : 1);
      if (inProgressHours <= bound) return null;
      return {
        since: lastProgressAt,
        sentence: `${item.key} has been in progress for ${spokenHours(inProgressHours)}, where 85 % of what its project finished lately took ${spokenHours(expectedHours)} at most, and nothing has happened with it for ${spokenWeekdays(idleWeekdayHours)}.`,
        facts: {
          inProgressHours: Math.floor(inProgressHours),
          expectedHours,
          idleHours: Math.floor(idleWeekdayHours),
        },
        evidence: [...item.evidence, ...item.expectedEvidence],
      };
    },
    suggest: (item) =>
      suggestComment(
        item.key,
        'This has been in progress for longer than usual, and nothing has changed lately. Is it still being worked on, or does something hold it up?',
        `Asks on ${item.key} whether something holds it up.`,
      ),
  },
  'shipped',
);
