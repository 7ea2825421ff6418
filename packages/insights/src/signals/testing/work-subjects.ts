import type {
  ChatThreadSubject,
  IncidentSubject,
  SprintSubject,
  WorkItemSubject,
} from '@adjutant/core/domain';
import { dayMs, hourMs, now } from './judge-rule.ts';

const common = { title: null, repository: null, teamId: null, asOf: now };

/** Returns a work item that was begun this morning and about which there is nothing to say. */
export function workItemSubject(fields: Partial<WorkItemSubject> = {}): WorkItemSubject {
  return {
    ...common,
    id: 'item-1',
    key: 'PAY-1',
    evidence: ['item-1'],
    project: 'PAY',
    kind: 'story',
    statusCategory: 'in_progress',
    status: 'Doing',
    statusSince: now - 3 * hourMs,
    points: 3,
    isAssigned: true,
    assigneePersonId: 'person-1',
    ownerlessSince: null,
    ownerlessWeekdayHours: null,
    unassignedSince: null,
    projectAssignedShare: 0.9,
    isInActiveSprint: true,
    isPlanned: true,
    sprintStartedAt: now - 2 * dayMs,
    sprintPlannedEndAt: now + 8 * dayMs,
    sprintCount: 1,
    sprintsSince: [now - 2 * dayMs],
    createdAt: now - 9 * dayMs,
    createdHours: 9 * 24,
    startedAt: now - 3 * hourMs,
    inProgressSince: now - 3 * hourMs,
    inProgressHours: 3,
    expectedHours: 96,
    expectedEvidence: ['done-1'],
    lastProgressAt: now - 3 * hourMs,
    idleWeekdayHours: 3,
    dueDay: null,
    overdueDays: null,
    overdueSince: null,
    metDueDay: false,
    isFlagged: false,
    blockedByKeys: [],
    blockedByIds: [],
    blockedSince: null,
    blockedWeekdayHours: null,
    openPullRequestCount: 0,
    openPullRequestIds: [],
    titleSince: now - 9 * dayMs,
    sensitiveKinds: [],
    ...fields,
  };
}

/** Returns a question that was asked an hour ago. */
export function chatThreadSubject(fields: Partial<ChatThreadSubject> = {}): ChatThreadSubject {
  return {
    ...common,
    id: 'thread-1',
    key: '#pay 2026-11-18 11:00',
    evidence: ['thread-1'],
    channelId: 'C0PAY',
    threadTs: '1700000000.000100',
    channel: 'pay',
    authorPersonId: 'person-1',
    isByBot: false,
    namesBlocker: false,
    asks: true,
    isAnswered: false,
    answeredAt: null,
    authorHadLastWord: false,
    isMarkedDone: false,
    startedAt: now - hourMs,
    weekdayHours: 1,
    workingHours: 1,
    replyCount: 0,
    lastReplyAt: null,
    quietWeekdayHours: 1,
    quietWorkingHours: 1,
    mentionedPersonIds: [],
    mentionCount: 0,
    ...fields,
  };
}

/** Returns an incident that began five minutes ago and that somebody has taken. */
export function incidentSubject(fields: Partial<IncidentSubject> = {}): IncidentSubject {
  return {
    ...common,
    id: 'incident-1',
    key: 'Q1ABC',
    evidence: ['incident-1'],
    source: 'pagerduty',
    externalId: 'Q1ABC',
    service: 'PSHOP1',
    severity: 'P1',
    isSevere: true,
    isExternal: false,
    isOpen: true,
    isAcknowledged: true,
    hasLead: null,
    createdAt: now - 5 * 60_000,
    openHours: 5 / 60,
    resolvedAt: null,
    resolvedWeekdayHours: null,
    followUpCount: 0,
    followUpIds: [],
    openFollowUpCount: 0,
    followUpProject: 'OPS',
    similarCount: 0,
    ...fields,
  };
}

/** Returns a sprint in its third day that goes as planned. */
export function sprintSubject(fields: Partial<SprintSubject> = {}): SprintSubject {
  return {
    ...common,
    id: 'sprint-1',
    key: 'Sprint 7',
    evidence: ['sprint-1'],
    startedAt: now - 3 * dayMs,
    plannedEndAt: now + 11 * dayMs,
    elapsedShare: 3 / 14,
    remainingHours: 11 * 24,
    plannedItems: 10,
    plannedPoints: 30,
    removedItems: 0,
    removedPoints: 0,
    addedItems: 0,
    addedAt: [],
    addedShare: 0,
    addedPointsShare: 0,
    completedItems: 2,
    carriedItems: 1,
    closedSprints: 5,
    medianItems: 10,
    medianPoints: 30,
    commitmentRatio: 1,
    ...fields,
  };
}
