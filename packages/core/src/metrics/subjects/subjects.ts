import type { MetricSubject } from '../../domain.ts';
import { actionSubject } from './action-subject.ts';
import { deployedCommitSubject } from './deployed-commit-subject.ts';
import { deploymentSubject } from './deployment-subject.ts';
import { incidentSubject } from './incident-subject.ts';
import { pipelineRunSubject } from './pipeline-run-subject.ts';
import { pullRequestSubject } from './pull-request-subject.ts';
import { releaseSubject } from './release-subject.ts';
import { reviewSubject } from './review-subject.ts';
import { statusSpanSubject } from './status-span-subject.ts';
import type { SubjectLoader } from './subject-source.ts';
import { workItemSubject } from './work-item-subject.ts';

/** Where the rows of each subject come from. */
export const subjects: Readonly<Record<MetricSubject, SubjectLoader>> = {
  pull_request: pullRequestSubject,
  deployed_commit: deployedCommitSubject,
  review: reviewSubject,
  deployment: deploymentSubject,
  incident: incidentSubject,
  release: releaseSubject,
  pipeline_run: pipelineRunSubject,
  action: actionSubject,
  work_item: workItemSubject,
  status_span: statusSpanSubject,
};

/** Columns that the store keeps as 0 and 1. */
export const flagColumns: ReadonlySet<string> = new Set([
  'authorIsBot',
  'isRevert',
  'isHotfix',
  'isExternal',
  'mergedWithoutReview',
  'byPolicy',
  'modified',
  'isDone',
  'isReplayed',
]);
