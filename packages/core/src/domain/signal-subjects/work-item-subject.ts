import { z } from 'zod';
import { workItemSchema } from '../work-item.ts';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/** A work item that is not done. */
export const workItemSubjectSchema = z.object({
  ...subjectFields,
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
  isInActiveSprint: z.boolean().describe('Whether it is in a sprint that runs'),
  sprintCount: countField.describe('In how many sprints it has been, the present one included'),
  createdAt: instantField.describe('When it was created'),
  createdHours: hoursField.describe('Hours since it was created'),
  startedAt: instantField.describe('When it first came into progress'),
  inProgressHours: hoursField.describe('Hours since it first came into progress'),
  expectedHours: hoursField.describe(
    'Within how many hours 85 % of what its board finished lately was done; unknown below ten',
  ),
  lastProgressAt: instantField.describe(
    'When it, or a pull request linked with it, last changed by a person',
  ),
  idleWeekdayHours: hoursField.describe('Hours since then, Saturdays and Sundays left out'),
  dueDay: z.string().nullable().describe('The day on which it is due: 2026-11-21'),
  overdueDays: z.number().int().nullable().describe('Days after that; below 0 before it'),
  isFlagged: z.boolean().describe('Whether it is marked as impeded, or its status says so'),
  blockedByKeys: z.array(z.string()).describe('Keys of unfinished items that block it'),
  blockedSince: instantField.describe('Since when it is flagged or blocked by others'),
  blockedWeekdayHours: hoursField.describe('Hours of that, Saturdays and Sundays left out'),
  openPullRequestCount: countField.describe('Open pull requests that are linked with it'),
  sensitiveKinds: z
    .array(z.string())
    .describe('What the title holds that should not stand there: a secret, personal data'),
});
export type WorkItemSubject = z.infer<typeof workItemSubjectSchema>;
