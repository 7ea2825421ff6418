import { z } from 'zod';
import { instantSchema } from '../primitives.ts';
import { workItemSchema } from '../work-item.ts';
import {
  countField,
  hoursField,
  instantField,
  shareField,
  subjectFields,
} from './subject-fields.ts';

/**
 * A work item that is not done. Of a past instant status, owner, sprint, due day, estimate and flag are
 * replayed from its changes; what never changed is as it is now, and so are links between items.
 */
export const workItemSubjectSchema = z.object({
  ...subjectFields,
  project: z
    .string()
    .describe('What stands before the number in its key: its project, or its repository'),
  kind: workItemSchema.shape.kind.describe('issue, epic, story, task, bug or subtask'),
  statusCategory: z.enum(['to_do', 'in_progress', 'unknown']).describe('to_do or in_progress'),
  status: z.string().nullable().describe('Its status, as its source calls it: text from outside'),
  statusSince: instantField.describe('Since when it has this status'),
  points: z.number().nullable().describe('Its estimate'),
  isAssigned: z.boolean().describe('Whether somebody is named to do it'),
  assigneePersonId: z
    .string()
    .nullable()
    .describe('Whoever is to do it, where that person is known'),
  ownerlessSince: instantField.describe(
    'Since when it is in progress and nobody is named to do it',
  ),
  ownerlessWeekdayHours: hoursField.describe('Hours of that, Saturdays and Sundays left out'),
  unassignedSince: instantField.describe('Since when nobody is named to do it'),
  projectAssignedShare: shareField.describe(
    'Of what its project finished in the last ninety days, how much had somebody named to do it; unknown below ten',
  ),
  isInActiveSprint: z.boolean().describe('Whether it is in a sprint that runs'),
  isPlanned: z.boolean().describe('Whether it is in a sprint that runs or is to come'),
  sprintStartedAt: instantField.describe('When the running sprint that it is in began'),
  sprintPlannedEndAt: instantField.describe('When that is to end'),
  sprintCount: countField.describe(
    'At the end of how many sprints it was in them and not done, and one more for that which runs; unknown where its source records no changes of sprints',
  ),
  sprintsSince: z
    .array(instantSchema)
    .describe('Since when it was in each of these while that ran, the earliest first'),
  createdAt: instantField.describe('When it was created'),
  createdHours: hoursField.describe('Hours since it was created'),
  startedAt: instantField.describe('When it first came into progress'),
  inProgressSince: instantField.describe('Since when it is in progress without a break'),
  inProgressHours: hoursField.describe('Hours since it first came into progress'),
  expectedHours: hoursField.describe(
    'Within how many hours 85 % of what its project finished in the last ninety days was done, by nearest rank; unknown below ten',
  ),
  expectedEvidence: z
    .array(z.string())
    .describe('Ids of the finished items that this comes from, the last 200 of them'),
  lastProgressAt: instantField.describe(
    'When a person last changed its status, owner, estimate or flag, or did something with a pull request linked with it; only of what is in progress',
  ),
  idleWeekdayHours: hoursField.describe('Hours since then, Saturdays and Sundays left out'),
  dueDay: z.string().nullable().describe('The day on which it is due: 2026-11-21'),
  overdueDays: z.number().int().nullable().describe('Days after that; below 0 before it'),
  overdueSince: instantField.describe(
    'When the day after that began, or this due day was set where that was later',
  ),
  metDueDay: z
    .boolean()
    .describe('Whether it was done by the day on which it is due, and was taken up again since'),
  isFlagged: z.boolean().describe('Whether it is marked as impeded, or its status says so'),
  blockedByKeys: z.array(z.string()).describe('Keys of unfinished items that block it'),
  blockedByIds: z.array(z.string()).describe('Their ids'),
  blockedSince: instantField.describe(
    'Since when it is flagged or blocked by others. No source tells since when an item blocks another: taken is when both were there and this one was in progress or in a sprint that ran',
  ),
  blockedWeekdayHours: hoursField.describe('Hours of that, Saturdays and Sundays left out'),
  openPullRequestCount: countField.describe('Open pull requests that are linked with it'),
  openPullRequestIds: z.array(z.string()).describe('Ids of these'),
  titleSince: instantField.describe(
    'Since when it has its title, as far as its source tells; else since it was created',
  ),
  sensitiveKinds: z
    .array(z.string())
    .describe('What the title holds that should not stand there: a secret, personal data'),
});
export type WorkItemSubject = z.infer<typeof workItemSubjectSchema>;
