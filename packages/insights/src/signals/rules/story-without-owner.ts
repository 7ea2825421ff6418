import { defineSignal, type WorkItemSubject } from '@adjutant/core/domain';
import { z } from 'zod';
import { spokenHours } from '../spoken-hours.ts';
import { suggestComment } from '../suggest-comment.ts';

const hourMs = 3_600_000;
const noOwner = 'nobody is named to do it';

interface Params {
  inProgressHours: number;
  sprintShare: number;
  habitShare: number;
  clearHabitShare: number;
  [name: string]: unknown;
}

/** A work item under way that is nobody's. */
export const storyWithoutOwner = defineSignal<'work_item', Params>(
  {
    id: 'story-without-owner',
    version: 1,
    title: 'Story without owner',
    description:
      'A work item for which nobody is named, though it has been in progress for more than eight weekday hours, or is in a sprint of which half is over. Epics and subtasks stay out, and so does a project in which most of what was finished lately had nobody named either: there it is a habit. It is over once somebody is named, or the item is done or leaves the sprint.',
    subject: 'work_item',
    severity: 'medium',
    params: z.object({
      inProgressHours: z
        .number()
        .positive()
        .default(8)
        .describe(
          'Hours without a name; 8, because whoever takes something up names herself that day',
        ),
      sprintShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe(
          'How much of a sprint is over; 0.5, because many teams pull their work in the first half',
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
      if (ownerlessSince !== null && hours !== null && hours > params.inProgressHours) {
        return {
          since: ownerlessSince,
          sentence: `${item.key} has been in progress for ${spokenHours(hours)}, and ${noOwner}.`,
          facts: { hours: Math.floor(hours) },
        };
      }
      const since = lateInSprint(item, params.sprintShare);
      if (since === null || item.asOf - since < params.inProgressHours * hourMs) return null;
      return {
        since,
        sentence: `${item.key} is in a sprint of which ${Math.round(params.sprintShare * 100)} % are over, and ${noOwner}.`,
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

/** When that much of its sprint was over and it was in it without a name; null before. */
function lateInSprint(item: WorkItemSubject, share: number): number | null {
  const { isInActiveSprint, sprintStartedAt, sprintPlannedEndAt, unassignedSince } = item;
  if (!isInActiveSprint || sprintStartedAt === null || sprintPlannedEndAt === null) return null;
  const lateAt = sprintStartedAt + share * (sprintPlannedEndAt - sprintStartedAt);
  if (item.asOf < lateAt) return null;
  const cameAt = item.sprintsSince.at(-1) ?? 0;
  return Math.floor(Math.max(lateAt, unassignedSince ?? 0, cameAt));
}
