import type { MetricSubject } from '../../domain.ts';
import { actionSubject } from './action-subject.ts';
import { deployedCommitSubject } from './deployed-commit-subject.ts';
import { deploymentSubject } from './deployment-subject.ts';
import { pipelineRunSubject } from './pipeline-run-subject.ts';
import { pullRequestSubject } from './pull-request-subject.ts';
import { releaseSubject } from './release-subject.ts';
import type { SubjectLoader } from './subject-source.ts';

/** Where the rows of each subject come from. */
export const subjects: Readonly<Record<MetricSubject, SubjectLoader>> = {
  pull_request: pullRequestSubject,
  deployed_commit: deployedCommitSubject,
  deployment: deploymentSubject,
  release: releaseSubject,
  pipeline_run: pipelineRunSubject,
  action: actionSubject,
};

/** Columns that the store keeps as 0 and 1. */
export const flagColumns: ReadonlySet<string> = new Set([
  'authorIsBot',
  'isRevert',
  'isHotfix', 'mergedWithoutReview',
  'byPolicy',
  'modified',
]);
