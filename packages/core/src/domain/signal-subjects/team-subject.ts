import { z } from 'zod';
import { countField, instantField, shareField, subjectFields } from './subject-fields.ts';

/** A team as a whole. Nothing in it is about one person. */
export const teamSubjectSchema = z.object({
  ...subjectFields,
  reviewerCount: countField.describe('People who are asked for reviews or gave one in four weeks'),
  openReviewRequests: countField.describe('Reviews that people are asked for and have not given'),
  largestReviewShare: shareField.describe(
    'How many of them wait for the one whom most wait for; unknown below five reviewers',
  ),
  startedItems: countField.describe('Work items that came into progress in the last four weeks'),
  unplannedItems: countField.describe(
    'Those of them that were in no sprint when they did, or came into one that ran',
  ),
  unplannedShare: shareField.describe('Their share; unknown where no sprints are kept'),
  earlierUnplannedShare: shareField.describe('The same of the eight weeks before'),
  unplannedSince: instantField.describe('When the first of these unplanned items was taken up'),
  openDependencyUpdates: countField.describe('Open pull requests that renew dependencies'),
  oldDependencyUpdates: countField.describe('Those that have been open for fourteen days'),
});
export type TeamSubject = z.infer<typeof teamSubjectSchema>;

/** A week of a series: when it began, and what was counted or measured in it. */
export const weekFieldSchema = z.object({
  start: z.number(),
  value: z.number().nullable(),
  sampleSize: z.number().int(),
});

/** A repository with its last weeks. */
export const repositorySubjectSchema = z.object({
  ...subjectFields,
  mergedPerWeek: z
    .array(weekFieldSchema)
    .describe('Pull requests merged in each of the last 26 full weeks, the oldest first'),
  leadTimeValues: z
    .array(z.object({ at: z.number(), hours: z.number() }))
    .describe(
      'From first commit to merge, of those of the last twelve full weeks, the oldest first',
    ),
  openDependencyUpdates: countField.describe('Open pull requests that renew dependencies'),
  oldDependencyUpdates: countField.describe('Those that have been open for fourteen days'),
  commitCount: countField.describe('Commits by people in the last ninety days'),
  authorCount: countField.describe('How many people wrote them'),
  largestAuthorShare: shareField.describe(
    'How many of them one person wrote; unknown where fewer than five people are at work in the team',
  ),
});
export type RepositorySubject = z.infer<typeof repositorySubjectSchema>;
