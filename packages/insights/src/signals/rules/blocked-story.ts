import { defineSignal, type WorkItemSubject } from '@adjutant/core/domain';
import { z } from 'zod';
import { someOf } from '../counted.ts';
import { spokenHours } from '../spoken-hours.ts';
import { suggestComment } from '../suggest-comment.ts';

/** A work item that cannot go on. */
export const blockedStory = defineSignal(
  {
    id: 'blocked-story',
    version: 1,
    title: 'Blocked story',
    description:
      'A work item that has been flagged as impeded, or stands in a status that says so, or waits for unfinished items, for more than a day, Saturdays and Sundays left out. Waiting for other items counts only while it is in progress or in a sprint that runs: in a backlog it is an order of work. Epics and the subtasks of a flagged item are no finding of their own. It is over once the flag is gone, the status is another or the last of the blocking items is done.',
    subject: 'work_item',
    severity: 'medium',
    params: z.object({
      blockedHours: z
        .number()
        .positive()
        .default(24)
        .describe(
          'Weekday hours; 24, because what is solved within a day was worth a flag and no more',
        ),
      severeHours: z
        .number()
        .positive()
        .default(72)
        .describe(
          'Weekday hours from which on it is severe; 72, because three days are a third of a sprint',
        ),
    }),
    evaluate(item, { params }) {
      if (item.kind === 'epic' || !isHeldUp(item)) return null;
      if (item.blockedSince === null || item.blockedWeekdayHours === null) {
        return { unknown: 'its source does not show since when it is blocked' };
      }
      const hours = item.blockedWeekdayHours;
      if (hours <= params.blockedHours) return null;
      const by = item.blockedByKeys.length === 0 ? '' : ` by ${someOf(item.blockedByKeys)}`;
      return {
        since: item.blockedSince,
        severity: hours > params.severeHours ? 'high' : 'medium',
        sentence: `${item.key} has been blocked${by} for ${spokenHours(hours)}.`,
        facts: { blockedHours: Math.floor(hours), blockedBy: item.blockedByKeys.length },
      };
    },
    suggest(item) {
      const [blocker] = item.blockedByKeys;
      if (blocker === undefined) {
        const body = 'This is marked as blocked. What is it waiting for, and who can help?';
        return suggestComment(item.key, body, `Asks on ${item.key} what it waits for.`);
      }
      const body = `${item.key} waits for this. What is missing for it to be done?`;
      return suggestComment(blocker, body, `Asks on ${blocker}, which ${item.key} waits for.`);
    },
  },
  'shipped',
);

function isHeldUp(item: WorkItemSubject): boolean {
  if (item.isFlagged) return true;
  const isUnderWay = item.statusCategory === 'in_progress' || item.isInActiveSprint;
  return isUnderWay && item.blockedByKeys.length > 0;
}
