import { z } from 'zod';
import { actionStatusSchema } from '../action.ts';
import {
  countField,
  hoursField,
  instantField,
  shareField,
  subjectFields,
} from './subject-fields.ts';

/** One stream of one source, as it is read. */
export const streamSubjectSchema = z.object({
  ...subjectFields,
  source: z.string().describe('The source: github, jira …'),
  stream: z.string().describe('What is read of it'),
  lastReadAt: instantField.describe('When it was last read to the end'),
  staleHours: hoursField.describe('Hours since then'),
  hasFailed: z.boolean().describe('Whether the last attempt failed'),
  isActive: z.boolean().describe('Whether the configuration names the source'),
});
export type StreamSubject = z.infer<typeof streamSubjectSchema>;

/** An action that waits for somebody to decide. */
export const actionSubjectSchema = z.object({
  ...subjectFields,
  type: z.string().describe('The type of action'),
  risk: z.enum(['low', 'medium', 'high']).describe('How much harm it can do'),
  status: actionStatusSchema.describe('Where it stands'),
  waitingSince: instantField.describe('Since when it waits'),
  expiresAt: instantField.describe('When it ends undecided'),
  waitedShare: shareField.describe('How much of its time to decide is over, from 0 to 1'),
});
export type ActionSubject = z.infer<typeof actionSubjectSchema>;

/** The workspace as a whole. */
export const workspaceSubjectSchema = z.object({
  ...subjectFields,
  unmatchedPeople: countField.describe(
    'Pairs to be found, at most: people at work on code in the last weeks whom no other kind of source knows, or people at work elsewhere whom no source of code knows, whichever are fewer',
  ),
  unmatchedSince: instantField.describe('When the first of them was at work in these days'),
  activePeople: countField.describe(
    'People at work in the last four full weeks and the one that runs',
  ),
  codePeople: countField.describe('Those of them whom sources of code know'),
  indexWaitingSince: instantField.describe('Since when the first of what waits to be indexed does'),
  indexLagSeconds: z
    .number()
    .nullable()
    .describe(
      'How long what was indexed in the last hour, or still waits, took to be found: 95 of 100 at most',
    ),
});
export type WorkspaceSubject = z.infer<typeof workspaceSubjectSchema>;
