import type { Scope } from '@adjutant/core';
import { describe, expect, it } from 'vitest';
import { pullRequestKind, type PullRequestNode } from '../streams/pull-request-kind.ts';
import { mapPullRequest } from './map-pull-request.ts';
import { pullRequestPayloadSchema } from './pull-request-payload.ts';

const scope: Scope = { externalId: '77', name: 'acme/widgets', detail: {} };
const config = { baseUrl: 'https://api.github.com' };
const ada = { type: 'User', login: 'ada', databaseId: 1, name: 'Ada' };
const bot = { type: 'Bot', login: 'dependabot', databaseId: 2 };
const page = { pageInfo: { hasNextPage: false, endCursor: null } };

/** A pull request as GraphQL answers it, with whatever is given in place of the usual. */
function rowsOf(fields: Record<string, unknown>, missing: readonly string[] = []) {
  const node: PullRequestNode = pullRequestKind.schema.parse({
    id: 'PR_1',
    databaseId: 5,
    fullDatabaseId: '5000000005',
    number: 12,
    title: 'Add a widget',
    state: 'MERGED',
    isDraft: false,
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-02T10:00:00Z',
    closedAt: '2026-03-02T10:00:00Z',
    mergedAt: '2026-03-02T10:00:00Z',
    headRefName: 'widget',
    headRefOid: 'head',
    baseRefName: 'main',
    additions: 3,
    deletions: 1,
    changedFiles: 2,
    author: ada,
    mergedBy: bot,
    mergeCommit: {
      oid: 'merge',
      messageHeadline: 'Add a widget (#12)',
      parents: { totalCount: 1 },
    },
    labels: { ...page, nodes: [{ name: 'ui' }] },
    reviews: { ...page, nodes: [] },
    comments: { ...page, nodes: [] },
    commits: { ...page, nodes: [] },
    timelineItems: { ...page, nodes: [] },
    ...fields,
  });
  const payload: unknown = JSON.parse(JSON.stringify(pullRequestKind.toPayload(node, missing)));
  return mapPullRequest(pullRequestPayloadSchema.parse(payload), scope, config);
}

describe('mapPullRequest', () => {
  it('gives the whole row, by the larger of the two ids', () => {
    expect(rowsOf({}).pullRequests).toEqual([
      {
        source: 'github',
        externalId: '5000000005',
        repositoryExternalId: '77',
        number: 12,
        title: 'Add a widget',
        state: 'merged',
        originalState: 'merged',
        isDraft: false,
        authorAccountExternalId: '1',
        openedAt: Date.UTC(2026, 2, 1, 10),
        readyAt: Date.UTC(2026, 2, 1, 10),
        mergedAt: Date.UTC(2026, 2, 2, 10),
        closedAt: Date.UTC(2026, 2, 2, 10),
        updatedAt: Date.UTC(2026, 2, 2, 10),
        firstCommitAt: null,
        mergeSha: 'merge',
        headSha: 'head',
        baseRef: 'main',
        headRef: 'widget',
        additions: 3,
        deletions: 1,
        mergeMethod: 'squash',
        labels: ['ui'],
        changedFiles: 2,
        mergedByAccountExternalId: '2',
        revertsNumber: null,
      },
    ]);
  });

  it.each([
    ['merge', { oid: 'm', messageHeadline: 'Merge pull request #12', parents: { totalCount: 2 } }],
    ['squash', { oid: 'm', messageHeadline: 'Title (#12)', parents: { totalCount: 1 } }],
    ['rebase', { oid: 'm', messageHeadline: 'Title', parents: { totalCount: 1 } }],
    [null, null],
  ])('tells a %s by the merge commit', (method, mergeCommit) => {
    expect(rowsOf({ mergeCommit }).pullRequests?.[0]?.mergeMethod).toBe(method);
  });

  it('does not take the trial merge of an open pull request for its merge', () => {
    const open = rowsOf({ state: 'OPEN', mergedAt: null, closedAt: null, mergedBy: null });
    expect(open.pullRequests?.[0]).toMatchObject({
      state: 'open',
      mergeSha: null,
      mergeMethod: null,
      mergedByAccountExternalId: null,
    });
  });

  it('takes a deleted author for the ghost, and a bot for a bot', () => {
    const rows = rowsOf({ author: null });
    expect(rows.pullRequests?.[0]?.authorAccountExternalId).toBe('ghost');
    expect(rows.accounts).toContainEqual(
      expect.objectContaining({ login: 'dependabot[bot]', isBot: true, vendorId: 'github:2' }),
    );
    expect(rows.accounts).toContainEqual(
      expect.objectContaining({ externalId: 'ghost', isBot: false, vendorId: null }),
    );
  });

  it('gives events with who was asked, and whose review was dismissed', () => {
    const event = (type: string, more: object = {}) => ({
      type,
      id: `E_${type}`,
      createdAt: '2026-03-01T11:00:00Z',
      actor: ada,
      ...more,
    });
    const rows = rowsOf({
      timelineItems: {
        ...page,
        nodes: [
          event('ReviewRequestedEvent', { requestedReviewer: bot }),
          event('ReviewRequestRemovedEvent', { requestedReviewer: { type: 'Team' } }),
          event('ReviewDismissedEvent', {
            previousReviewState: 'APPROVED',
            review: { author: bot },
          }),
          event('ConvertToDraftEvent'),
          event('SomethingNew'),
          null,
        ],
      },
    });
    const seen = rows.pullRequestEvents?.map(({ kind, state, subjectAccountExternalId }) => [
      kind,
      state,
      subjectAccountExternalId,
    ]);
    expect(seen).toEqual([
      ['review_requested', null, '2'],
      ['review_request_removed', null, null],
      ['review_dismissed', 'approved', '2'],
      ['converted_to_draft', null, null],
    ]);
  });

  it('leaves out a review that is still being written', () => {
    const nodes = [
      { databaseId: 1, state: 'PENDING', submittedAt: null, author: ada },
      { databaseId: 2, state: 'COMMENTED', submittedAt: '2026-03-01T12:00:00Z', author: null },
    ];
    const rows = rowsOf({ reviews: { ...page, nodes } });
    expect(rows.pullRequestEvents).toMatchObject([
      { externalId: 'review:2', state: 'commented', actorAccountExternalId: 'ghost' },
    ]);
  });

  it('knows the first commit, and the marks that commits, branch and author carry', () => {
    const commit = (oid: string, authoredDate: string, message: string) => ({
      commit: {
        oid,
        authoredDate,
        message,
        author: { name: 'Ada', email: 'ada@example.com', user: ada },
      },
    });
    const rows = rowsOf({
      headRefName: 'copilot/widget',
      author: { type: 'Bot', login: 'copilot-swe-agent', databaseId: 3 },
      commits: {
        ...page,
        nodes: [
          commit('b', '2026-02-28T10:00:00Z', 'Second'),
          commit(
            'a',
            '2026-02-27T10:00:00Z',
            'First\n\nCo-authored-by: Claude <noreply@anthropic.com>',
          ),
        ],
      },
    });
    expect(rows.pullRequests?.[0]?.firstCommitAt).toBe(Date.UTC(2026, 1, 27, 10));
    expect(rows.pullRequestCommits?.map(({ sha }) => sha)).toEqual(['b', 'a']);
    const marks = rows.aiEvidence?.map(({ subjectKind, origin, tool }) => [
      subjectKind,
      origin,
      tool,
    ]);
    expect(marks).toEqual([
      ['commit', 'trailer', 'claude'],
      ['pull_request', 'branch', 'copilot'],
      ['pull_request', 'author', 'copilot'],
    ]);
  });

  it('knows nothing of a part that GitHub could not give', () => {
    const rows = rowsOf({ commits: null, timelineItems: null }, ['commits', 'timelineItems']);
    expect(rows.pullRequests?.[0]).toMatchObject({ firstCommitAt: null, readyAt: null });
  });

  it.each([
    [{ body: 'Reverts acme/widgets#7' }, 7],
    [{ body: 'Reverts #8 because it broke' }, 8],
    [{ body: 'Reverts other/place#7', headRefName: 'x' }, null],
    [{ headRefName: 'revert-9-widget' }, 9],
    [{ title: 'Revert "Add a widget (#10)"' }, 10],
    [{ title: 'Revert to the old way', body: 'See #11' }, null],
  ])('reads from %j that it reverts %s', (fields, number) => {
    const baseRepository = { nameWithOwner: 'acme/widgets' };
    expect(rowsOf({ baseRepository, ...fields }).pullRequests?.[0]?.revertsNumber).toBe(number);
  });
});
