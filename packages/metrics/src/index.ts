import type { MetricSet } from '@adjutant/core/domain';
import { aiImpact } from './ai-impact/ai-impact.ts';
import { approvalLatencyMs } from './approvals/approval-latency-ms.ts';
import { approvalOverrideRate } from './approvals/approval-override-rate.ts';
import { autoVsHitlCounts } from './approvals/auto-vs-hitl-counts.ts';
import { buildDuration } from './builds/build-duration.ts';
import { buildQueueTime } from './builds/build-queue-time.ts';
import { buildSuccessRate } from './builds/build-success-rate.ts';
import { flakyBuilds } from './builds/flaky-builds.ts';
import { changeFailRate } from './dora/change-fail-rate.ts';
import { deploymentFrequency } from './dora/deployment-frequency.ts';
import { deploymentReworkRate } from './dora/deployment-rework-rate.ts';
import { failedDeploymentRecoveryTime } from './dora/failed-deployment-recovery-time.ts';
import { leadTimeForChangesPerCommit } from './dora/lead-time-for-changes-per-commit.ts';
import { leadTimeForChanges } from './dora/lead-time-for-changes.ts';
import { pipelineFailureShare } from './dora/pipeline-failure-share.ts';
import { timeToAcknowledge } from './dora/time-to-acknowledge.ts';
import { timeToRestore } from './dora/time-to-restore.ts';
import { deliveryForecast } from './forecast/delivery-forecast.ts';
import { cumulativeFlow } from './flow/cumulative-flow.ts';
import { cycleTime } from './flow/cycle-time.ts';
import { flowEfficiency } from './flow/flow-efficiency.ts';
import { openWork } from './flow/open-work.ts';
import { releaseFrequency } from './flow/release-frequency.ts';
import { throughput } from './flow/throughput.ts';
import { wip } from './flow/wip.ts';
import { workItemAge } from './flow/work-item-age.ts';
import { workItemThroughput } from './flow/work-item-throughput.ts';
import { firstCommitToMerge } from './pull-requests/first-commit-to-merge.ts';
import { mergeToRelease } from './pull-requests/merge-to-release.ts';
import { mergedWithoutReview } from './pull-requests/merged-without-review.ts';
import { pullRequestCycleTime } from './pull-requests/pull-request-cycle-time.ts';
import { pullRequestIdleTime } from './pull-requests/pull-request-idle-time.ts';
import { pullRequestSize } from './pull-requests/pull-request-size.ts';
import { reviewDepth } from './pull-requests/review-depth.ts';
import { reviewRounds } from './pull-requests/review-rounds.ts';
import { reviewersPerPullRequest } from './pull-requests/reviewers-per-pull-request.ts';
import { reviewLoad } from './pull-requests/review-load.ts';
import { stalePullRequests } from './pull-requests/stale-pull-requests.ts';
import { timeToFirstResponse } from './pull-requests/time-to-first-response.ts';
import { pullRequestStages } from './pull-requests/pull-request-stages.ts';
import { revertShare } from './pull-requests/revert-share.ts';
import { pullRequestFacts } from './pull-request-facts.ts';
import { sprintDefinition } from './sprints/sprint-definition.ts';

export { pullRequestFacts } from './pull-request-facts.ts';
export { impliedPeriods, type StatedVelocity } from './sprints/stated-velocity.ts';
export {
  cumulativeFlow,
  cycleTime,
  flowEfficiency,
  wip,
  workItemAge,
  workItemThroughput,
  approvalLatencyMs,
  approvalOverrideRate,
  autoVsHitlCounts,
  buildDuration,
  buildQueueTime,
  buildSuccessRate,
  flakyBuilds,
  deliveryForecast,
  changeFailRate,
  deploymentFrequency,
  deploymentReworkRate,
  failedDeploymentRecoveryTime,
  pipelineFailureShare,
  timeToAcknowledge,
  timeToRestore,
  firstCommitToMerge,
  leadTimeForChanges,
  leadTimeForChangesPerCommit,
  mergeToRelease,
  openWork,
  mergedWithoutReview,
  pullRequestCycleTime,
  pullRequestIdleTime,
  pullRequestSize,
  reviewDepth,
  reviewRounds,
  reviewersPerPullRequest,
  reviewLoad,
  stalePullRequests,
  timeToFirstResponse,
  pullRequestStages,
  releaseFrequency,
  revertShare,
  sprintDefinition,
  throughput,
};

/** Every metric of this package, with the facts that they are computed from. */
export const allMetrics: MetricSet = {
  sprints: sprintDefinition,
  pullRequestFacts,
  aiImpact,
  forecast: deliveryForecast,
  metrics: [
    leadTimeForChanges,
    leadTimeForChangesPerCommit,
    deploymentFrequency,
    changeFailRate,
    failedDeploymentRecoveryTime,
    deploymentReworkRate,
    timeToRestore,
    timeToAcknowledge,
    pipelineFailureShare,
    pullRequestStages,
    pullRequestCycleTime,
    timeToFirstResponse,
    pullRequestIdleTime,
    pullRequestSize,
    reviewRounds,
    reviewDepth,
    reviewersPerPullRequest,
    reviewLoad,
    mergedWithoutReview,
    stalePullRequests,
    throughput,
    openWork,
    wip,
    workItemAge,
    cycleTime,
    workItemThroughput,
    cumulativeFlow,
    flowEfficiency,
    firstCommitToMerge,
    mergeToRelease,
    revertShare,
    releaseFrequency,
    buildSuccessRate,
    buildDuration,
    buildQueueTime,
    flakyBuilds,
    approvalLatencyMs,
    approvalOverrideRate,
    autoVsHitlCounts,
  ],
};
