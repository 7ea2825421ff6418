import { z } from 'zod';
import {
  countField,
  instantField,
  shareField,
  sourceFields,
  subjectFields,
} from './subject-fields.ts';
import { weekFieldSchema } from './week-field.ts';

/** A team as a whole. Nothing in it is about one person. */
export const teamSubjectSchema = z.object({
  ...subjectFields,
  reviewerCount: countField.describe('People who are asked for reviews or gave one in four weeks'),
  openReviewRequests: countField.describe('Reviews that people are asked for and have not given'),
  largestReviewShare: shareField.describe(
    'How many of them wait for the one whom most wait for, rounded down to a tenth: an exact share would be a figure of that person; unknown where they wait for fewer than five people',
  ),
  largestReviewSince: instantField.describe(
    'The start of the week in which the first of those was asked for, at most four full weeks back; unknown as the share is',
  ),
  reviewsGiven: countField.describe(
    'Pull requests of others that people reviewed in the last four full weeks and the one that runs, each once for everybody who did',
  ),
  largestGivenShare: shareField.describe(
    'How many of these one person gave, rounded down to a tenth: an exact share would be a figure of that person; unknown where fewer than five people gave any',
  ),
  largestGivenSince: instantField.describe(
    'The start of the first of the last of these weeks in a row in which that one gave two fifths or more; unknown as the share is',
  ),
  startedItems: countField.describe('Work items that came into progress in the last four weeks'),
  unplannedItems: countField.describe(
    'Those of them that were in no sprint when they did, or came into one that ran',
  ),
  unplannedShare: shareField.describe('Their share; unknown where no sprints are kept'),
  earlierUnplannedShare: shareField.describe('The same of the eight weeks before'),
  unplannedSince: instantField.describe(
    'When the first unplanned item was taken up since more came in than used to',
  ),
  startedEvidence: z
    .array(z.string())
    .describe('Ids of the items of these twelve weeks, with their sprints, two thousand at most'),
  openDependencyUpdates: countField.describe('Open pull requests that renew dependencies'),
  oldDependencyUpdates: countField.describe('Those that have been open for fourteen days'),
});
export type TeamSubject = z.infer<typeof teamSubjectSchema>;

/** A repository with its last weeks. */
export const repositorySubjectSchema = z.object({
  ...subjectFields,
  ...sourceFields,
  mergedPerWeek: z
    .array(weekFieldSchema)
    .describe(
      'Pull requests of people merged in each of the last 26 full weeks, from the first on that has any, the oldest first',
    ),
  leadTimeValues: z
    .array(z.object({ at: z.number(), hours: z.number(), id: z.string() }))
    .describe(
      'From first commit to merge, of pull requests of people merged in the last twelve weeks, the oldest first',
    ),
  openDependencyUpdates: countField.describe('Open pull requests that renew dependencies'),
  oldDependencyUpdates: countField.describe('Those that have been open for fourteen days'),
  dependencyUpdates: z
    .array(z.object({ id: z.string(), openedAt: z.number() }))
    .describe('Each of them, the oldest first'),
  commitCount: countField.describe(
    'Commits by people in the last thirteen full weeks and the one that runs, merges left out',
  ),
  commitsSince: instantField.describe('When the first of them was made'),
  commitWeekCount: countField.describe('In how many of these weeks there are any'),
  commitEvidence: z.array(z.string()).describe('Ids of their rows, two thousand at most'),
  mergeEvidence: z
    .array(z.string())
    .describe('Ids of the pull requests that were merged in those weeks, two thousand at most'),
  authorCount: countField.describe('How many people wrote them'),
  largestAuthorShare: shareField.describe(
    'How many of them one person wrote, rounded down to a tenth: an exact share would be a figure of that person; unknown where fewer than five people wrote them',
  ),
});
export type RepositorySubject = z.infer<typeof repositorySubjectSchema>;
