import type { WorkSummary } from '@adjutant/core';
import type {
  PullRequestSubject,
  SignalSubjectKind,
  SignalSubjects,
  WorkItemSubject,
} from '@adjutant/core/domain';
import { fakeId, fakeNow } from './fake-rows.ts';

const msPerHour = 3_600_000;

type Subjects = { [Kind in SignalSubjectKind]: SignalSubjects[Kind][] };

/**
 * Returns what rules look at: every pull request waits for a review, and for every tenth of them two
 * work items wait, one behind the other.
 */
export function fakeSubjects(work: readonly WorkSummary[]): Subjects {
  return {
    pull_request: work.map(requestOf),
    work_item: work.filter((_, index) => index % 10 === 0).flatMap(itemsOf),
    chat_thread: [],
    pipeline: [],
    pipeline_job: [],
    deployment_target: [],
    incident: [],
    sprint: [],
    team: [],
    repository: [],
    stream: [],
    workspace: [],
    action: [],
  };
}

const common = { teamId: null, asOf: fakeNow };

function requestOf(row: WorkSummary, index: number): PullRequestSubject {
  const hours = row.hours ?? 0;
  return {
    ...common,
    id: row.id,
    key: `acme/${row.repository}${row.key}`,
    title: row.title,
    repository: `acme/${row.repository}`,
    evidence: [row.id],
    source: 'github',
    fullName: `acme/${row.repository}`,
    number: 1_200 + index * 3,
    state: 'open',
    isDraft: false,
    authorPersonId: fakeId(40_000 + index),
    isByBot: false,
    isDependencyUpdate: false,
    isOnHold: false,
    isBranchSync: false,
    isOnDefaultBranch: true,
    labels: [],
    openedAt: row.startedAt,
    readyAt: row.startedAt,
    mergedAt: null,
    mergedHours: null,
    ageHours: hours,
    lastActivityAt: row.startedAt,
    idleHours: hours,
    waitingFor: 'review',
    waitingSince: row.startedAt,
    waitingWeekdayHours: hours,
    sizeLines: 40 + index,
    changedFiles: 2,
    reviewCount: 0,
    approvalCount: 0,
    changesRequestedCount: 0,
    requestedReviewerCount: 1,
    mergedWithoutReview: null,
    hasOtherPeople: null,
    isRevert: false,
    workItemKeys: [],
    sensitiveKinds: [],
  };
}

function itemsOf(row: WorkSummary, index: number): WorkItemSubject[] {
  const [first, second] = [fakeId(50_000 + 2 * index), fakeId(50_001 + 2 * index)];
  const key = `PAY-${2 * index + 1}`;
  return [
    { ...itemOf(first, key, row.title), openPullRequestIds: [row.id] },
    {
      ...itemOf(second, `PAY-${2 * index + 2}`, row.title),
      blockedByIds: [first],
      blockedByKeys: [key],
      blockedSince: fakeNow - 30 * msPerHour,
      blockedWeekdayHours: 30,
    },
  ];
}

function itemOf(id: string, key: string, title: string): WorkItemSubject {
  const since = fakeNow - 40 * msPerHour;
  return {
    ...common,
    id,
    key,
    title,
    repository: null,
    evidence: [id],
    project: 'PAY',
    kind: 'story',
    statusCategory: 'in_progress',
    status: 'Doing',
    statusSince: since,
    points: 3,
    isAssigned: true,
    assigneePersonId: fakeId(2),
    ownerlessSince: null,
    ownerlessWeekdayHours: null,
    unassignedSince: null,
    projectAssignedShare: null,
    isInActiveSprint: true,
    isPlanned: true,
    sprintStartedAt: since,
    sprintPlannedEndAt: null,
    sprintCount: 1,
    sprintsSince: [since],
    createdAt: since,
    createdHours: 40,
    startedAt: since,
    inProgressSince: since,
    inProgressHours: 40,
    expectedHours: null,
    expectedEvidence: [],
    lastProgressAt: since,
    idleWeekdayHours: 40,
    dueDay: null,
    overdueDays: null,
    overdueSince: null,
    metDueDay: false,
    isFlagged: false,
    blockedByKeys: [],
    blockedByIds: [],
    blockedSince: null,
    blockedWeekdayHours: null,
    openPullRequestCount: null,
    openPullRequestIds: [],
    titleSince: since,
    sensitiveKinds: [],
  };
}
