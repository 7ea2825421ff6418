import type { AnySignalRule } from '@adjutant/core/domain';
import { approvalWaiting } from './rules/approval-waiting.ts';
import { busFactor } from './rules/bus-factor.ts';
import { dependencyUpdateBacklog } from './rules/dependency-update-backlog.ts';
import { deploymentFailing } from './rules/deployment-failing.ts';
import { flakyTestCluster } from './rules/flaky-test-cluster.ts';
import { identityUnresolved } from './rules/identity-unresolved.ts';
import { indexLag } from './rules/index-lag.ts';
import { leadTimeDrift } from './rules/lead-time-drift.ts';
import { longRunningBuild } from './rules/long-running-build.ts';
import { mergeWithoutReview } from './rules/merge-without-review.ts';
import { oversizedPullRequest } from './rules/oversized-pull-request.ts';
import { redMainBranch } from './rules/red-main-branch.ts';
import { reviewLoadOutOfBalance } from './rules/review-load-out-of-balance.ts';
import { sensitiveTitle } from './rules/sensitive-title.ts';
import { stalePullRequest } from './rules/stale-pull-request.ts';
import { syncStale } from './rules/sync-stale.ts';
import { throughputDrop } from './rules/throughput-drop.ts';
import { waitingForAuthor } from './rules/waiting-for-author.ts';
import { waitingForReview } from './rules/waiting-for-review.ts';
import { blockedStory } from './rules/blocked-story.ts';
import { blockerInThread } from './rules/blocker-in-thread.ts';
import { incidentOpenPastTarget } from './rules/incident-open-past-target.ts';
import { incidentWithoutOwner } from './rules/incident-without-owner.ts';
import { missingFollowUp } from './rules/missing-follow-up.ts';
import { overdueStory } from './rules/overdue-story.ts';
import { repeatedCarryOver } from './rules/repeated-carry-over.ts';
import { scopeCreep } from './rules/scope-creep.ts';
import { sensitiveWorkItemTitle } from './rules/sensitive-work-item-title.ts';
import { sprintOverCommitted } from './rules/sprint-over-committed.ts';
import { startedWithoutProgress } from './rules/started-without-progress.ts';
import { storyWithoutOwner } from './rules/story-without-owner.ts';
import { unplannedWorkShare } from './rules/unplanned-work-share.ts';

/** The rules that come with the product. */
export const shippedRules: readonly AnySignalRule[] = [
  stalePullRequest,
  waitingForReview,
  waitingForAuthor,
  oversizedPullRequest,
  mergeWithoutReview,
  sensitiveTitle,
  reviewLoadOutOfBalance,
  dependencyUpdateBacklog,
  redMainBranch,
  flakyTestCluster,
  longRunningBuild,
  deploymentFailing,
  leadTimeDrift,
  throughputDrop,
  busFactor,
  syncStale,
  identityUnresolved,
  approvalWaiting,
  indexLag,
  overdueStory,
  blockedStory,
  blockerInThread,
  storyWithoutOwner,
  startedWithoutProgress,
  sensitiveWorkItemTitle,
  sprintOverCommitted,
  scopeCreep,
  repeatedCarryOver,
  unplannedWorkShare,
  incidentWithoutOwner,
  incidentOpenPastTarget,
  missingFollowUp,
];
