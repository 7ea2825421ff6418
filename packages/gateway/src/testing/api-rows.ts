import { createHash } from 'node:crypto';
import type { DomainRows } from '@adjutant/core';
import type { Account } from '@adjutant/core/domain';
import {
  buildChatChannel,
  buildChatThread,
  buildCommit,
  buildDeployment,
  buildIncident,
  buildPullRequest,
  buildPullRequestEvent,
  buildSprint,
  buildWorkItem,
} from '@adjutant/core/testing';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const source = 'forge';
const mergedDays = 20;
export const repositoryName = 'widgets';
/** The repository at its source; equal in every workspace, so that only the workspace tells them apart. */
const repositoryExternalId = 'acme/widgets';
/** Logins of those who have accounts; also equal everywhere. */
export const logins = ['ada', 'bo', 'cy', 'di', 'ed', 'flo'] as const;

/** The text of the one document, with a word by which it is known again. */
export function documentOf(word: string): { hash: string; text: string } {
  const text = `# Rolling back\n\nStop the ${word} job, then put the last release of widgets back.\n`;
  return { hash: createHash('sha256').update(text).digest('base64url'), text };
}

/** Returns rows of everything that the API tells of, every text of which holds a word. */
export function apiRows(word: string, now: number): DomainRows {
  return {
    repositories: [
      {
        source,
        externalId: repositoryExternalId,
        name: repositoryName,
        fullName: 'acme/widgets',
        url: null,
        defaultBranch: 'main',
        mergeStyle: null,
      },
    ],
    accounts: logins.map(accountOf),
    ...changes(word, now),
    ...plannedWork(word, now),
    ...operations(word, now),
    documents: [
      {
        source,
        externalId: 'widgets:docs/rollback.md',
        repositoryExternalId,
        path: 'docs/rollback.md',
        textHash: documentOf(word).hash,
        commitSha: 'c0ffee'.repeat(6),
        byteCount: documentOf(word).text.length,
        lastChangedAt: now - 10 * dayMs,
      },
    ],
  };
}

function changes(word: string, now: number): DomainRows {
  const days = Array.from({ length: mergedDays }, (_, index) => index + 2);
  const openedAt = now - 20 * dayMs;
  const externalId = `${repositoryExternalId}#900`;
  const open = { source, pullRequestExternalId: externalId };
  return {
    commits: days.map((day) =>
      buildCommit({
        source,
        sha: `c${day}`,
        subject: `Add ${word} ${day}`,
        authorAccountExternalId: authorOf(day),
        authoredAt: now - day * dayMs - 5 * hourMs,
        committedAt: now - day * dayMs - 5 * hourMs,
      }),
    ),
    pullRequests: [
      ...days.map((day) =>
        buildPullRequest({
          source,
          externalId: `${repositoryExternalId}#${day}`,
          number: day,
          title: `Add ${word} ${day}`,
          authorAccountExternalId: authorOf(day),
          openedAt: now - day * dayMs - 4 * hourMs,
          mergedAt: now - day * dayMs,
          mergeSha: `c${day}`,
          additions: 10 * day,
          deletions: 3,
        }),
      ),
      buildPullRequest({
        source,
        externalId,
        number: 900,
        title: `Wait for ${word}`,
        state: 'open',
        authorAccountExternalId: 'ada',
        openedAt,
        mergedAt: null,
        mergeSha: null,
      }),
    ],
    pullRequestEvents: [
      buildPullRequestEvent({
        ...open,
        kind: 'review_requested',
        state: null,
        actorAccountExternalId: 'ada',
        subjectAccountExternalId: 'bo',
        at: openedAt,
      }),
      ...days.map((day) =>
        buildPullRequestEvent({
          source,
          externalId: `review-${day}`,
          pullRequestExternalId: `${repositoryExternalId}#${day}`,
          actorAccountExternalId: authorOf(day + 1),
          at: now - day * dayMs - hourMs,
        }),
      ),
    ],
    pullRequestCommits: days.map((day) => ({
      source,
      pullRequestExternalId: `${repositoryExternalId}#${day}`,
      repositoryExternalId,
      sha: `c${day}`,
    })),
    aiEvidence: days
      .filter((day) => day % 3 === 0)
      .map((day) => ({
        source,
        externalId: `mark-${day}`,
        subjectKind: 'pull_request' as const,
        repositoryExternalId,
        subjectExternalId: `${repositoryExternalId}#${day}`,
        class: 'assisted' as const,
        tool: 'Pair Tool',
        model: null,
        origin: 'note' as const,
        confidence: 1,
      })),
  };
}

function plannedWork(word: string, now: number): DomainRows {
  return {
    workItems: [1, 2, 3, 4].map((place) =>
      buildWorkItem({
        source,
        externalId: `1000${place}`,
        key: `WID-${place}`,
        title: `${word} ${place}`,
        assigneeAccountExternalId: authorOf(place),
        sprintExternalId: place < 3 ? '7' : '6',
        createdAt: now - 30 * dayMs,
        startedAt: now - 20 * dayMs,
        ...(place > 2 ? { statusCategory: 'done', doneAt: now - 12 * dayMs } : {}),
        dueDay: '2026-10-01',
      }),
    ),
    workItemChanges: [
      {
        source,
        externalId: 'change-1',
        workItemExternalId: '10001',
        field: 'status',
        fromValue: 'Open',
        toValue: 'In Review',
        actorAccountExternalId: 'ada',
        at: now - 20 * dayMs,
      },
    ],
    workItemLinks: [
      { source, workItemExternalId: '10001', otherExternalId: '10002', kind: 'blocks' as const },
    ],
    sprints: [
      buildSprint({
        source,
        name: `${word} seven`,
        startedAt: now - 10 * dayMs,
        plannedEndAt: now + 4 * dayMs,
      }),
      buildSprint({
        source,
        externalId: '6',
        name: `${word} six`,
        state: 'closed',
        startedAt: now - 25 * dayMs,
        plannedEndAt: now - 11 * dayMs,
        completedAt: now - 11 * dayMs,
      }),
    ],
  };
}

function operations(word: string, now: number): DomainRows {
  return {
    deployments: [2, 5, 9, 14].map((day, place) =>
      buildDeployment({
        source,
        externalId: `deployment-${day}`,
        sha: `c${day}`,
        serviceKey: repositoryName,
        result: place === 1 ? 'failure' : 'success',
        finishedAt: now - day * dayMs + hourMs,
      }),
    ),
    incidents: [
      buildIncident({
        source,
        title: `${word} is down`,
        serviceKey: repositoryName,
        createdAt: now - 5 * dayMs + 2 * hourMs,
        acknowledgedAt: now - 5 * dayMs + 2 * hourMs + 60_000,
        resolvedAt: now - 5 * dayMs + 4 * hourMs,
      }),
      buildIncident({
        source,
        externalId: 'incident-2',
        title: `${word} is slow`,
        serviceKey: repositoryName,
        createdAt: now - dayMs,
      }),
    ],
    incidentEvents: [
      {
        source,
        externalId: 'incident-event-1',
        incidentExternalId: 'incident-1',
        kind: 'note',
        at: now - 5 * dayMs + 3 * hourMs,
        actorAccountExternalId: 'bo',
        summary: `The ${word} queue is full.`,
      },
    ],
    chatChannels: [buildChatChannel({ source, name: 'widgets' })],
    chatThreads: [
      buildChatThread({ source, namesBlocker: true, startedAt: now - 5 * dayMs + 3 * hourMs }),
    ],
  };
}

function authorOf(day: number): string {
  return logins[day % logins.length] ?? 'ada';
}

function accountOf(externalId: string): Account {
  return {
    source,
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: `forge:${externalId}`,
    kind: 'human',
    isBot: false,
  };
}
