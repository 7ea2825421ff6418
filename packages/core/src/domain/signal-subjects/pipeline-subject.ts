import { z } from 'zod';
import {
  countField,
  hoursField,
  instantField,
  sourceFields,
  subjectFields,
} from './subject-fields.ts';
import { weekFieldSchema } from './week-field.ts';

/**
 * A pipeline of a repository that ran in the last five weeks. How it stands is told of the default
 * branch. How long it takes is told of that branch too, or of all its runs where none is of that branch:
 * all but nulls between the passes that look at weeks.
 */
export const pipelineSubjectSchema = z.object({
  ...subjectFields,
  ...sourceFields,
  name: z.string().describe('The pipeline, as its source calls it: text from outside'),
  lastResult: z
    .enum(['success', 'failure', 'unknown'])
    .describe('How its last run on the default branch ended that was not cancelled'),
  lastFinishedAt: instantField.describe('When that ended'),
  lastRunId: z.string().nullable().describe('What its source calls that run'),
  laterCommitCount: countField.describe(
    'Where it fails: on how many commits of the default branch other pipelines of the repository have run since, fifty at most',
  ),
  failingSince: instantField.describe(
    'When the first of the runs ended that fail in a row, of the last five weeks',
  ),
  failingHours: hoursField.describe('Hours since then'),
  failuresInRow: countField.describe('How many runs fail in a row'),
  runCount: countField.describe('Runs of the last seven days that ended in success or failure'),
  medianMinutes: z
    .number()
    .nullable()
    .describe('How long a successful run of these takes, the middle one'),
  timedRunCount: countField.describe('Successful runs of the last seven days that it is of'),
  earlierMedianMinutes: z
    .number()
    .nullable()
    .describe('The same of the four weeks before; unknown below five runs'),
  earlierRunCount: countField.describe('Successful runs of those four weeks'),
  durationEvidence: z
    .array(z.string())
    .describe('Ids of the runs that these are the lengths of, a thousand at most'),
  weeks: z
    .array(weekFieldSchema)
    .describe(
      'The middle one of each of the last five weeks, Mondays on, and of the one that runs',
    ),
});
export type PipelineSubject = z.infer<typeof pipelineSubjectSchema>;

/** A job of pipelines over the last fourteen days, whatever the branch. */
export const pipelineJobSubjectSchema = z.object({
  ...subjectFields,
  ...sourceFields,
  name: z.string().describe('The job, or the pipeline where no jobs are read: text from outside'),
  commitCount: countField.describe('Commits on which it ran to success or failure'),
  flakyCommitCount: countField.describe('Commits on which it both failed and passed'),
  flakyDayCount: countField.describe('On how many days that came to light'),
  firstFlakyAt: instantField.describe('When that first came to light'),
  lastFlakyAt: instantField.describe('When that last came to light'),
  lastFlakyHours: hoursField.describe('Hours since then'),
});
export type PipelineJobSubject = z.infer<typeof pipelineJobSubjectSchema>;

/** What is deployed to one environment: a service, or a repository. */
export const deploymentTargetSubjectSchema = z.object({
  ...subjectFields,
  ...sourceFields,
  environment: z.string().describe('The environment: text from outside'),
  isProduction: z
    .boolean()
    .describe('Whether it is the one that users see: named so, or none of the workspace is'),
  isTemporary: z
    .boolean()
    .describe('Whether its name says that it is made for one change or branch: preview, pr-12'),
  lastResult: z
    .enum(['success', 'failure', 'running', 'unknown'])
    .describe('How the last one ended'),
  lastFinishedAt: instantField.describe('When that was'),
  failingSince: instantField.describe('When the first of those ended that fail in a row'),
  failingHours: hoursField.describe('Hours since then'),
  failuresInRow: countField.describe('How many fail in a row'),
  deploymentCount: countField.describe('Deployments of the last seven days that ended'),
  failureCount: countField.describe('Those of them that failed'),
});
export type DeploymentTargetSubject = z.infer<typeof deploymentTargetSubjectSchema>;
