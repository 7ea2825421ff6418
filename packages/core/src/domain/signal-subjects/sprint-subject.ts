import { z } from 'zod';
import { instantSchema } from '../primitives.ts';
import {
  countField,
  hoursField,
  instantField,
  shareField,
  subjectFields,
} from './subject-fields.ts';

/** A sprint that runs, replayed from what changed of its items. */
export const sprintSubjectSchema = z.object({
  ...subjectFields,
  startedAt: instantField.describe('When it began'),
  plannedEndAt: instantField.describe('When it is to end'),
  elapsedShare: shareField.describe('How much of its time is over, from 0 to 1'),
  remainingHours: hoursField.describe('Hours until it is to end'),
  plannedItems: countField.describe('Items in it and not done at its start'),
  plannedPoints: z.number().nullable().describe('Their estimates then'),
  removedItems: countField.describe('Those of the planned items that were taken out since'),
  removedPoints: z.number().nullable().describe('Their estimates at the start'),
  addedItems: countField.describe('Items that came in later'),
  addedAt: z.array(instantSchema).describe('When each of these came in, the earliest first'),
  addedShare: shareField.describe('What came in later ÷ what was planned, in items'),
  addedPointsShare: shareField.describe('The same in points'),
  completedItems: countField.describe('Items done'),
  carriedItems: countField.describe('Items in it that have been in an earlier sprint'),
  closedSprints: countField.describe(
    'Closed sprints that the figures of the past come from: the last five with items of the same project',
  ),
  medianItems: z
    .number()
    .nullable()
    .describe('How many items these completed, the middle one; unknown below three'),
  medianPoints: z.number().nullable().describe('The same in points'),
  pastEvidence: z
    .array(z.string())
    .describe('Ids of these sprints and of what was in them, two thousand at most'),
  commitmentRatio: z
    .number()
    .nullable()
    .describe(
      'What was planned and not taken out ÷ what the last closed sprints completed, in points where both are known, else in items',
    ),
});
export type SprintSubject = z.infer<typeof sprintSubjectSchema>;
