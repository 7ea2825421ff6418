import { z } from 'zod';
import { calendarDaySchema, externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** An issue, epic, story, bug or task. */
export const workItemSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  key: z.string(),
  title: z.string(),
  kind: z.enum(['issue', 'epic', 'story', 'task', 'bug', 'subtask']),
  originalType: z.string().nullable(),
  statusCategory: z.enum(['to_do', 'in_progress', 'done']).nullable(),
  originalStatus: z.string().nullable(),
  points: z.number().nullable(),
  parentExternalId: externalIdSchema.nullable(),
  assigneeAccountExternalId: externalIdSchema.nullable(),
  sprintExternalId: externalIdSchema.nullable(),
  createdAt: instantSchema.nullable(),
  startedAt: instantSchema.nullable(),
  doneAt: instantSchema.nullable(),
  dueDay: calendarDaySchema.nullable(),
});
export type WorkItem = z.infer<typeof workItemSchema>;
