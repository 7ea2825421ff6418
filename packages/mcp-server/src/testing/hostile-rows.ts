import { createHash } from 'node:crypto';
import type { DomainRows } from '@adjutant/core';
import type { Account, Commit, Document } from '@adjutant/core/domain';
import {
  buildAccountGroup,
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildRepositoryOwner,
  buildSprint,
  buildWorkItem,
} from '@adjutant/core/testing';
import { hostileOperations } from './hostile-operations.ts';
import { orderIn, plainOrder } from './hostile-orders.ts';

const dayMs = 86_400_000;
/** The instant at which all of it is looked at. */
export const hostileNow = Date.UTC(2026, 9, 28, 9, 30);
const now = hostileNow;
const source = 'github';
const repositoryExternalId = 'acme/widgets';

const text = `# ${orderIn('document-heading')}\n\nRoll back the widgets: ${orderIn('document-text')}\n`;
/** The text of the one document. */
export const documentText = { hash: createHash('sha256').update(text).digest('base64url'), text };

/** Returns rows of which every text gives an order. */
export function hostileRows(): DomainRows {
  const item = { source, assigneeAccountExternalId: 'ada', createdAt: now - 30 * dayMs };
  return {
    repositories: [
      {
        source,
        externalId: repositoryExternalId,
        name: orderIn('repository-name'),
        fullName: 'acme/widgets',
        url: `https://example.com/${orderIn('repository-address')}`,
        defaultBranch: 'main',
        mergeStyle: null,
      },
    ],
    repositoryOwners: [
      buildRepositoryOwner({ source, owner: orderIn('owner') }),
      buildRepositoryOwner({ source, position: 1, pattern: orderIn('owner-pattern') }),
    ],
    accounts: [account('ada', orderIn('person-name')), account('grace', null, orderIn('login'))],
    accountGroups: [
      buildAccountGroup({
        source,
        name: orderIn('team-name'),
        slug: `acme/${plainOrder('group-slug')}`,
      }),
    ],
    accountGroupMembers: [
      { source, groupExternalId: 'group-1', accountExternalId: 'ada', role: null },
    ],
    pullRequests: [
      buildPullRequest({
        source,
        title: orderIn('pull-title'),
        headRef: orderIn('pull-branch'),
        baseRef: orderIn('base-branch'),
        originalState: orderIn('pull-state'),
        labels: [orderIn('pull-label')],
        authorAccountExternalId: 'ada',
        state: 'open',
        mergedAt: null,
        mergeSha: null,
        openedAt: now - 40 * dayMs,
      }),
    ],
    pullRequestEvents: [
      buildPullRequestEvent({
        source,
        kind: 'review_requested',
        state: null,
        actorAccountExternalId: 'ada',
        subjectAccountExternalId: 'grace',
        at: now - 39 * dayMs,
      }),
      buildPullRequestEvent({
        source,
        externalId: 'event-2',
        state: orderIn('event-state'),
        actorAccountExternalId: 'grace',
        at: now - 39 * dayMs,
      }),
    ],
    pullRequestFiles: [
      {
        source,
        pullRequestExternalId: 'acme/widgets#1',
        path: orderIn('file-path'),
        additions: 1,
        deletions: 1,
      },
    ],
    aiEvidence: [
      {
        source,
        externalId: 'mark-1',
        subjectKind: 'pull_request',
        repositoryExternalId,
        subjectExternalId: 'acme/widgets#1',
        class: 'assisted',
        tool: orderIn('coding-tool'),
        model: orderIn('coding-model'),
        origin: 'note',
        confidence: 1,
      },
    ],
    pullRequestCommits: [
      { source, pullRequestExternalId: 'acme/widgets#1', repositoryExternalId, sha: 'c1' },
    ],
    pullRequestWorkItems: [
      {
        source,
        pullRequestExternalId: 'acme/widgets#1',
        workItemSource: source,
        workItemExternalId: '10001',
        method: 'title',
      },
    ],
    commits: [hostileCommit()],
    workItems: [
      buildWorkItem({
        ...item,
        title: orderIn('item-title'),
        originalStatus: orderIn('item-status'),
        originalType: orderIn('item-type'),
        sprintExternalId: '7',
        startedAt: now - 20 * dayMs,
        dueDay: '2026-10-01',
      }),
      buildWorkItem({
        ...item,
        externalId: '10002',
        key: 'WID-2',
        title: orderIn('blocked-title'),
        startedAt: now - 20 * dayMs,
      }),
    ],
    workItemChanges: [
      {
        source,
        externalId: 'change-1',
        workItemExternalId: '10001',
        field: 'status',
        fromValue: 'Open',
        toValue: orderIn('status-change'),
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
        name: orderIn('sprint-name'),
        startedAt: now - 10 * dayMs,
        plannedEndAt: now + 4 * dayMs,
      }),
      buildSprint({
        source,
        externalId: '6',
        name: orderIn('closed-sprint'),
        state: 'closed',
        startedAt: now - 25 * dayMs,
        plannedEndAt: now - 11 * dayMs,
        completedAt: now - 11 * dayMs,
      }),
    ],
    documents: [hostileDocument()],
    ...hostileOperations(now),
  };
}

function account(externalId: string, name: string | null, login = externalId): Account {
  return {
    source,
    externalId,
    login,
    name,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human',
    isBot: false,
  };
}

function hostileCommit(): Commit {
  return buildCommit({
    source,
    sha: 'c1',
    subject: orderIn('commit-subject'),
    authorAccountExternalId: 'ada',
    authoredAt: now - 41 * dayMs,
    committedAt: now - 41 * dayMs,
  });
}

function hostileDocument(): Document {
  const path = `docs/${orderIn('document-path')}.md`;
  return {
    source,
    externalId: `widgets:${path}`,
    repositoryExternalId,
    path,
    textHash: documentText.hash,
    commitSha: 'c0ffee'.repeat(6),
    byteCount: text.length,
    lastChangedAt: now - 10 * dayMs,
  };
}
