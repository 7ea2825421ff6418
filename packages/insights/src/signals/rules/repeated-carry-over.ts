import { defineSignal, type WorkItemSubject } from '@adjutant/core/domain';
import { z } from 'zod';
import { counted } from '../counted.ts';
import { suggestComment } from '../suggest-comment.ts';

/** A work item that goes from sprint to sprint. */
export const repeatedCarryOver = defineSignal(
  {
    id: 'repeated-carry-over',
    version: 1,
    title: 'Repeated carry-over',
    description:
      'A work item in a sprint that runs which was in two earlier ones to their end and was not done in either: it is in its third sprint. Sprints count in which it was when they ended, so that planning it to and fro does not count; epics and subtasks stay out, because they come and go with other items. It is over once the item is done or has been in no sprint for four days: the days between two sprints do not end it.',
    subject: 'work_item',
    severity: 'medium',
    clearAfterHours: 96,
    params: z.object({
      sprints: z
        .number()
        .int()
        .min(2)
        .default(3)
        .describe('Sprints, the running one included; 3, because once carried over is common'),
      severeSprints: z
        .number()
        .int()
        .min(2)
        .default(5)
        .describe('Sprints from which on it is severe'),
    }),
    evaluate(item, { params, isOpen }) {
      if (item.kind === 'epic' || item.kind === 'subtask') return null;
      if (!item.isInActiveSprint && !(isOpen && item.isPlanned)) return null;
      if (item.sprintCount === null) {
        return { unknown: 'its source does not record in which sprints an item has been' };
      }
      // Between two sprints the one to come is not counted yet.
      const sprints = item.sprintCount + (item.isInActiveSprint ? 0 : 1);
      if (sprints < params.sprints) return null;
      const since = item.sprintsSince[params.sprints - 1] ?? item.sprintsSince.at(-1) ?? item.asOf;
      return {
        since,
        severity: sprints >= params.severeSprints ? 'high' : 'medium',
        sentence: `${item.key} is in its ${ordinal(sprints)} sprint and is not done.`,
        facts: { sprints },
      };
    },
    suggest: (item) =>
      suggestComment(
        item.key,
        `This has been carried over ${counted(carriedTimes(item), 'time')}. Is it too large, does something hold it up, or is it not needed now?`,
        `Asks on ${item.key} why it is carried over.`,
      ),
  },
  'shipped',
);

/** Out of every sprint but the one that runs. */
function carriedTimes({ sprintCount, isInActiveSprint }: WorkItemSubject): number {
  return Math.max(1, (sprintCount ?? 1) - (isInActiveSprint ? 1 : 0));
}

function ordinal(count: number): string {
  const ending =
    count % 100 > 10 && count % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
