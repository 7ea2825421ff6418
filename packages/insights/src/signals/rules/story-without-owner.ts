import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenWeekdays } from '../spoken-weekdays.ts';
import { suggestComment } from '../suggest-comment.ts';

/** A work item under way that is nobody's. */
export const storyWithoutOwner = defineSignal(
  {
    id: 'story-without-owner',
    version: 2,
    title: 'Story without owner',
    description:
      'A work item for which nobody is named, though it has been in progress for more than eight weekday hours. What nobody has begun waits for whoever takes it up, in a sprint too: it is no finding. Epics and subtasks stay out, and so does a project in which most of what was finished lately had nobody named either: there it is a habit. It is over once somebody is named, or the item leaves progress.',
    subject: 'work_item',
    cadence: 'daily',
    severity: 'medium',
    params: z.object({
      inProgressHours: z
        .number()
        .positive()
        .default(8)
        .describe(
          'Hours without a name; 8, because whoever takes something up names herself that day',
        ),
      habitShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('Share of what the project finished that had a name, below which nobody is told'),
      clearHabitShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.4)
        .describe(
          'The same for what is told already, so that one item more or less does not end it',
        ),
    }),
    evaluate(item, { params, isOpen }) {
      if (item.kind === 'epic' || item.kind === 'subtask' || item.isAssigned) return null;
      const habitShare = isOpen ? params.clearHabitShare : params.habitShare;
      if ((item.projectAssignedShare ?? 1) < habitShare) return null;
      const { ownerlessSince, ownerlessWeekdayHours: hours } = item;
      if (ownerlessSince === null || hours === null || hours <= params.inProgressHours) return null;
      return {
        since: ownerlessSince,
        sentence: `${item.key} has been in progress for ${spokenWeekdays(hours)}, and nobody is named to do it.`,
        facts: { hours: Math.floor(hours) },
      };
    },
    suggest: (item) =>
      suggestComment(
        item.key,
        'Nobody is named to do this. Who takes it?',
        `Asks on ${item.key} who takes it; whom to name is for people to say.`,
      ),
  },
  'shipped',
);
