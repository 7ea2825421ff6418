import type {
  ActionSubject,
  DeploymentTargetSubject,
  PipelineJobSubject,
  PipelineSubject,
  RepositorySubject,
  StreamSubject,
  TeamSubject,
  WorkspaceSubject,
} from '@adjutant/core/domain';
import { dayMs, hourMs, now } from './judge-rule.ts';

const common = { title: null, repository: 'shop', teamId: null, asOf: now };
const onForge = { source: 'github', fullName: 'acme/shop' };
export const weekMs = 7 * dayMs;

/** Returns a pipeline that is green and quick. */
export function pipelineSubject(fields: Partial<PipelineSubject> = {}): PipelineSubject {
  return {
    ...common,
    ...onForge,
    id: 'pipeline:1',
    key: 'shop build',
    evidence: ['run-1'],
    name: 'build',
    lastResult: 'success',
    lastFinishedAt: now - hourMs,
    lastRunId: '77',
    laterCommitCount: null,
    failingSince: null,
    failingHours: null,
    failuresInRow: 0,
    runCount: 40,
    medianMinutes: 8,
    timedRunCount: 40,
    earlierMedianMinutes: 8,
    earlierRunCount: 160,
    durationEvidence: ['run-1'],
    weeks: [5, 4, 3, 2, 1].map((ago) => ({
      start: now - ago * weekMs,
      value: 8,
      sampleSize: 40,
    })),
    ...fields,
  };
}

/** Returns a job that gives every commit one result. */
export function pipelineJobSubject(fields: Partial<PipelineJobSubject> = {}): PipelineJobSubject {
  return {
    ...common,
    ...onForge,
    id: 'job:1',
    key: 'shop build / test',
    evidence: ['job-1'],
    name: 'test',
    commitCount: 60,
    flakyCommitCount: 0,
    flakyDayCount: 0,
    firstFlakyAt: null,
    lastFlakyAt: null,
    lastFlakyHours: null,
    ...fields,
  };
}

/** Returns production, to which everything comes through. */
export function deploymentTargetSubject(
  fields: Partial<DeploymentTargetSubject> = {},
): DeploymentTargetSubject {
  return {
    ...common,
    ...onForge,
    id: 'deployment:1',
    key: 'shop production',
    evidence: ['deployment-1'],
    environment: 'production',
    isProduction: true,
    isTemporary: false,
    lastResult: 'success',
    lastFinishedAt: now - hourMs,
    failingSince: null,
    failingHours: null,
    failuresInRow: 0,
    deploymentCount: 10,
    failureCount: 0,
    ...fields,
  };
}

/** Returns a team of eight reviewers who share their work and plan most of it. */
export function teamSubject(fields: Partial<TeamSubject> = {}): TeamSubject {
  return {
    ...common,
    id: 'team-1',
    key: 'payments',
    repository: null,
    evidence: ['request-1'],
    reviewerCount: 8,
    openReviewRequests: 12,
    largestReviewShare: 0.2,
    largestReviewSince: now - 3 * dayMs,
    reviewsGiven: 80,
    largestGivenShare: 0.2,
    largestGivenSince: now - weekMs,
    startedItems: 20,
    unplannedItems: 4,
    unplannedShare: 0.2,
    earlierUnplannedShare: 0.2,
    unplannedSince: now - 20 * dayMs,
    startedEvidence: ['item-1'],
    openDependencyUpdates: 0,
    oldDependencyUpdates: 0,
    ...fields,
  };
}

/** Returns a repository in which five people work at an even pace. */
export function repositorySubject(fields: Partial<RepositorySubject> = {}): RepositorySubject {
  return {
    ...common,
    ...onForge,
    id: 'repository-1',
    key: 'shop',
    evidence: ['repository-1'],
    mergedPerWeek: mergedWeeks(Array.from({ length: 20 }, (_, week) => 9 + (week % 3))),
    mergeEvidence: ['request-1'],
    leadTimeValues: [],
    openDependencyUpdates: 0,
    oldDependencyUpdates: 0,
    dependencyUpdates: [],
    commitCount: 120,
    commitsSince: now - 13 * weekMs,
    commitWeekCount: 13,
    commitEvidence: ['commit-1'],
    authorCount: 5,
    largestAuthorShare: 0.3,
    ...fields,
  };
}

/** Returns weeks with so many merges each, the last one ending now. */
export function mergedWeeks(counts: readonly number[]): RepositorySubject['mergedPerWeek'] {
  return counts.map((value, position) => ({
    start: now - (counts.length - position) * weekMs,
    value,
    sampleSize: value,
  }));
}

/** Returns a stream that was read an hour ago. */
export function streamSubject(fields: Partial<StreamSubject> = {}): StreamSubject {
  return {
    ...common,
    id: 'github:acme:issues',
    key: 'github issues of acme',
    repository: null,
    evidence: ['github:acme:issues'],
    source: 'github',
    stream: 'issues',
    lastReadAt: now - hourMs,
    staleHours: 1,
    hasFailed: false,
    isActive: true,
    ...fields,
  };
}

/** Returns an action that was proposed just now. */
export function actionSubject(fields: Partial<ActionSubject> = {}): ActionSubject {
  return {
    ...common,
    id: 'action-abc123',
    key: 'pr.comment abc123',
    repository: null,
    evidence: ['action-abc123'],
    type: 'pr.comment',
    risk: 'low',
    status: 'pending',
    waitingSince: now - hourMs,
    expiresAt: now + 23 * hourMs,
    waitedShare: 1 / 24,
    ...fields,
  };
}

/** Returns a workspace whose people are known and whose texts are found at once. */
export function workspaceSubject(fields: Partial<WorkspaceSubject> = {}): WorkspaceSubject {
  return {
    ...common,
    id: 'workspace-1',
    key: 'workspace',
    repository: null,
    evidence: ['workspace-1'],
    unmatchedPeople: 0,
    unmatchedSince: null,
    activePeople: 50,
    codePeople: 30,
    indexWaitingSince: null,
    indexLagSeconds: 3,
    ...fields,
  };
}
