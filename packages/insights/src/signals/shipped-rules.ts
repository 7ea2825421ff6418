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
];
