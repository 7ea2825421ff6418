import { z } from 'zod';
import { countField, hoursField, instantField, subjectFields } from './subject-fields.ts';

/** A pipeline of a repository, on its default branch. */
export const pipelineSubjectSchema = z.object({
  ...subjectFields,
  name: z.string().describe('The pipeline, as its source calls it: text from outside'),
  lastResult: z
    .enum(['success', 'failure', 'unknown'])
    .describe('How its last run on the default branch ended that was not cancelled'),
  lastFinishedAt: instantField.describe('When that ended'),
  failingSince: instantField.describe('When the first of the runs ended that fail in a row'),
  failingHours: hoursField.describe('Hours since then'),
  failuresInRow: countField.describe('How many runs fail in a row'),
  runCount: countField.describe('Runs of the last seven days that ended in success or failure'),
  medianMinutes: z
    .number()
    .nullable()
    .describe('How long a successful run of these takes, the middle one'),
  earlierMedianMinutes: z
    .number()
    .nullable()
    .describe('The same of the four weeks before; unknown below five runs'),
  earlierRunCount: countField.describe('Successful runs of those four weeks'),
});
export type PipelineSubject = z.infer<typeof pipelineSubjectSchema>;

/** A job of a pipeline over the last fourteen days, whatever the branch. */
export const pipelineJobSubjectSchema = z.object({
  ...subjectFields,
  name: z.string().describe('The job, or the pipeline where no jobs are read: text from outside'),
  commitCount: countField.describe('Commits on which it ran to success or failure'),
  flakyCommitCount: countField.describe('Commits on which it both failed and passed'),
  lastFlakyAt: instantField.describe('When that last came to light'),
  lastFlakyHours: hoursField.describe('Hours since then'),
});
export type PipelineJobSubject = z.infer<typeof pipelineJobSubjectSchema>;

/** What is deployed to one environment: a service, or a repository. */
export const deploymentTargetSubjectSchema = z.object({
  ...subjectFields,
  environment: z.string().describe('The environment: text from outside'),
  isProduction: z.boolean().describe('Whether it is the one that users see'),
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
