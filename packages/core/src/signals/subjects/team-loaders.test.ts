import { describe, expect, it } from 'vitest';
import type { PullRequestFactInput, PullRequestFacts } from '../../domain.ts';
import {
  buildCommit,
  buildPullRequest,
  buildPullRequestEvent,
  buildWorkItem,
} from '../../testing/row-builders.ts';
import {
  account,
  dayMs,
  hourMs,
  repository,
  shop,
  source,
  start,
  startSubjectWorld,
} from '../__fixtures__/subject-world.ts';

const people = ['ada', 'ben', 'cy', 'dee', 'eve', 'flo'];
const open = (number: number, fields = {}) =>
  buildPullRequest({
    source,
    externalId: `request-${number}`,
    repositoryExternalId: shop,
    number,
    state: 'open',
    mergedAt: null,
    mergeSha: null,
    headRef: `topic-${number}`,
    authorAccountExternalId: 'ada',
    openedAt: start - 5 * dayMs,
    ...fields,
  });
/** Facts of a pull request that nobody reviewed, and of which nothing else is known. */
function unreviewed({ pullRequest, authorIsBot }: PullRequestFactInput): PullRequestFacts {
  const { openedAt, mergedAt, closedAt, externalId, repositoryExternalId } = pullRequest;
  return {
    source,
    pullRequestExternalId: externalId,
    repositoryExternalId,
    factsVersion: 1,
    authorIsBot,
    openedAt,
    mergedAt,
    closedAt,
    deployedAt: null,
    releasedAt: null,
    firstCommitAt: null,
    codingMs: null,
    pickupMs: null,
    reviewMs: null,
    mergeWaitMs: null,
    deployMs: null,
    totalMs: null,
    unattributedMs: null,
    firstCommitToMergeMs: 36_000_000,
    releaseWaitMs: null,
    isRevert: false,
    isHotfix: false,
    deploymentMethod: null,
    sizeLines: null,
    reviewCount: 0,
    reviewerCount: 0,
    commentCount: 0,
    reworkRounds: null,
    idleMs: null,
    lastActivityAt: null,
    mergedWithoutReview: mergedAt === null ? null : true,
  };
}

let counter = 0;
const event = (
  number: number,
  kind: 'review' | 'review_requested',
  person: string,
  agoMs: number,
) => {
  counter += 1;
  return buildPullRequestEvent({
    source,
    externalId: `event-${counter}`,
    pullRequestExternalId: `request-${number}`,
    kind,
    state: kind === 'review' ? 'approved' : null,
    actorAccountExternalId: kind === 'review' ? person : 'ada',
    subjectAccountExternalId: kind === 'review' ? null : person,
    at: start - agoMs,
  });
};

const withFacts = { pullRequestFacts: { version: 1, compute: unreviewed }, metrics: [] };

describe('teams', () => {
  it('are told of no share where five review but fewer are behind it', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld(withFacts);
    rows.push({
      accounts: [...people.map((one) => account(one)), account('robot', { isBot: true })],
      pullRequests: [open(1), open(2), open(3), open(4, { isDraft: true })],
      pullRequestEvents: [
        event(1, 'review_requested', 'ben', 3 * dayMs),
        event(2, 'review_requested', 'ben', 2 * dayMs),
        event(2, 'review_requested', 'cy', 2 * dayMs),
        event(3, 'review_requested', 'dee', dayMs),
        event(3, 'review', 'dee', hourMs),
        event(3, 'review_requested', 'robot', hourMs),
        event(4, 'review_requested', 'eve', hourMs),
        event(1, 'review', 'eve', 10 * dayMs),
        event(1, 'review', 'flo', 3 * dayMs),
        event(1, 'review', 'flo', 2 * dayMs),
        event(1, 'review', 'ada', 2 * dayMs),
      ],
    });
    await adjutant.sync();
    const [team] = await handle.signals.subjects('team');
    expect(team).toMatchObject({
      key: 'default',
      reviewerCount: 5,
      openReviewRequests: 3,
      // Five review, but reviews wait for two of them, and three gave some.
      largestReviewShare: null,
      largestReviewSince: null,
      reviewsGiven: 3,
      largestGivenShare: null,
      largestGivenSince: null,
    });
    expect(JSON.stringify(team)).not.toMatch(/\b(?:ada|ben|flo)\b/);
  });

  it('of four reviewers are told of none', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld(withFacts);
    rows.push({
      accounts: people.map((one) => account(one)),
      pullRequests: [open(1)],
      pullRequestEvents: ['ben', 'cy', 'dee', 'eve'].map((one) => event(1, 'review', one, dayMs)),
    });
    await adjutant.sync();
    const [team] = await handle.signals.subjects('team');
    expect(team).toMatchObject({ reviewerCount: 4, largestGivenShare: null });
  });

  it('are told of a share in tenths where five gave or are waited for', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld(withFacts);
    const others = ['ben', 'cy', 'dee', 'eve'];
    rows.push({
      accounts: people.map((one) => account(one)),
      pullRequests: Array.from({ length: 8 }, (_, at) =>
        open(at + 1, { authorAccountExternalId: 'robot' }),
      ),
      pullRequestEvents: [
        ...Array.from({ length: 7 }, (_, at) => event(at + 1, 'review', 'flo', dayMs)),
        ...others.map((one) => event(1, 'review', one, dayMs)),
        ...Array.from({ length: 7 }, (_, at) => event(at + 1, 'review_requested', 'ada', hourMs)),
        event(8, 'review_requested', 'flo', hourMs),
      ],
    });
    await adjutant.sync();
    const [team] = await handle.signals.subjects('team');
    expect(team).toMatchObject({
      reviewerCount: 6,
      reviewsGiven: 11,
      largestGivenShare: 0.6,
      openReviewRequests: 8,
      largestReviewShare: null,
    });
    expect(team?.largestGivenSince).not.toBeNull();
    rows.push({
      pullRequestEvents: others.slice(0, 3).map((one) => event(8, 'review_requested', one, hourMs)),
    });
    await adjutant.sync();
    const [asked] = await handle.signals.subjects('team');
    expect(asked).toMatchObject({ openReviewRequests: 11, largestReviewShare: 0.6 });
    expect(asked?.largestReviewSince).toBeLessThan(start - hourMs);
  });
});

describe('repositories', () => {
  it('are told of how much one person wrote where five wrote some of it', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    const write = (place: string, author: string, count: number) =>
      Array.from({ length: count }, (_, at) =>
        buildCommit({
          source,
          repositoryExternalId: place,
          sha: `${place}-${author}-${at}`,
          authorAccountExternalId: author,
          committedAt: start - (at + 1) * 5 * dayMs,
        }),
      );
    rows.push({
      repositories: [repository('acme/ledger')],
      accounts: [...people.map((one) => account(one)), account('robot', { isBot: true })],
      commits: [
        ...write(shop, 'ada', 8),
        ...write(shop, 'ben', 2),
        ...write(shop, 'robot', 9),
        ...write('acme/ledger', 'cy', 2),
        ...write('acme/ledger', 'dee', 2),
      ],
    });
    await adjutant.sync();
    const of = async (key: string) =>
      (await handle.signals.subjects('repository')).find((one) => one.key === key);
    expect(await of('shop')).toMatchObject({
      commitCount: 10,
      authorCount: 2,
      commitWeekCount: 6,
      largestAuthorShare: null,
    });
    rows.push({ commits: write('acme/ledger', 'eve', 1) });
    await adjutant.sync();
    // Five are at work in the team, two of them here.
    expect(await of('shop')).toMatchObject({ largestAuthorShare: null });
    rows.push({ commits: ['cy', 'dee', 'eve'].flatMap((author) => write(shop, author, 1)) });
    await adjutant.sync();
    expect(await of('shop')).toMatchObject({ authorCount: 5, largestAuthorShare: 0.6 });
    expect(await of('shop')).toMatchObject({ commitsSince: start - 40 * dayMs });
    expect((await of('shop'))?.commitEvidence).toHaveLength(13);
  });

  it('list the dependency updates that are open, by branch or by what a program wrote', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    rows.push({
      accounts: [account('ada'), account('robot', { isBot: true })],
      pullRequests: [
        open(1, { headRef: 'dependabot/npm/zod', openedAt: start - 20 * dayMs }),
        open(2, {
          title: 'chore(deps): bump zod from 4.1 to 4.2',
          authorAccountExternalId: 'robot',
        }),
        open(3, { title: 'Bump limit from 10 to 20' }),
        open(4, { headRef: 'renovate/zod', state: 'closed', closedAt: start - dayMs }),
      ],
    });
    await adjutant.sync();
    const [subject] = await handle.signals.subjects('repository');
    expect(subject).toMatchObject({ openDependencyUpdates: 2, oldDependencyUpdates: 1 });
    expect(subject?.dependencyUpdates[0]).toMatchObject({ openedAt: start - 20 * dayMs });
  });
});

describe('pull requests', () => {
  it('name rows that are there, also where a commit of theirs was not read', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld();
    const commitOf = (sha: string, daysAgo: number) => ({
      source,
      pullRequestExternalId: 'request-1',
      repositoryExternalId: shop,
      sha,
      committedAt: start - daysAgo * dayMs,
    });
    rows.push({
      accounts: [account('ada')],
      pullRequests: [open(1)],
      pullRequestCommits: [commitOf('read', 4), commitOf('unread', 3)],
      commits: [
        buildCommit({
          source,
          repositoryExternalId: shop,
          sha: 'read',
          committedAt: start - 4 * dayMs,
        }),
      ],
    });
    await adjutant.sync();
    const [subject] = await handle.signals.subjects('pull_request');
    expect(subject).toMatchObject({ lastActivityAt: start - 3 * dayMs });
    expect(subject?.evidence).toHaveLength(2);
    expect(subject?.evidence).not.toContain('unread');
  });
});

describe('merged pull requests', () => {
  it('are told whether anybody else is at work in the repository', async () => {
    const { adjutant, handle, rows } = await startSubjectWorld(withFacts);
    const merged = (number: number, place: string, author: string) =>
      open(number, {
        repositoryExternalId: place,
        state: 'merged',
        mergedAt: start - dayMs,
        authorAccountExternalId: author,
      });
    rows.push({
      repositories: [repository('acme/solo')],
      accounts: [account('ada'), account('ben'), account('robot', { isBot: true })],
      pullRequests: [
        merged(1, shop, 'ada'),
        merged(2, shop, 'ben'),
        merged(3, 'acme/solo', 'ada'),
        merged(4, 'acme/solo', 'robot'),
      ],
    });
    await adjutant.sync();
    const subjects = await handle.signals.subjects('pull_request');
    const of = (number: number) => subjects.find((one) => one.number === number);
    expect(of(1)).toMatchObject({ mergedWithoutReview: true, hasOtherPeople: true });
    expect(of(3)).toMatchObject({ mergedWithoutReview: true, hasOtherPeople: false });
    const repositories = await handle.signals.subjects('repository');
    expect(repositories.map(({ key, leadTimeValues }) => [key, leadTimeValues.length])).toEqual(
      expect.arrayContaining([
        ['shop', 2],
        ['solo', 1],
      ]),
    );
  });
});

describe('the workspace', () => {
  it('counts whom one kind of source alone knows, where the other has somebody to match', async () => {
    const { adjutant, handle, rows, rowsOfOthers } = await startSubjectWorld(undefined, ['desk']);
    const done = (externalId: string, assignee: string) =>
      buildWorkItem({
        source: 'desk',
        externalId,
        key: `PAY-${externalId}`,
        assigneeAccountExternalId: assignee,
        doneAt: start - dayMs,
      });
    rows.push({
      accounts: [
        account('ada', { email: 'ada@example.com', emailVerified: true }),
        account('ben'),
        account('cy'),
      ],
      commits: ['ada', 'ben', 'cy'].map((one) =>
        buildCommit({
          source,
          repositoryExternalId: shop,
          sha: one,
          authorAccountExternalId: one,
          committedAt: start - 2 * dayMs,
        }),
      ),
    });
    await adjutant.sync();
    const [alone] = await handle.signals.subjects('workspace');
    expect(alone).toMatchObject({ unmatchedPeople: null, activePeople: 3 });
    rowsOfOthers.push({
      accounts: [
        account('d1', { source: 'desk', email: 'ada@example.com', emailVerified: true }),
        account('d2', { source: 'desk' }),
      ],
      workItems: [done('1', 'd1'), done('2', 'd2')],
    });
    await adjutant.sync();
    const [both] = await handle.signals.subjects('workspace');
    expect(both).toMatchObject({
      unmatchedPeople: 1,
      activePeople: 4,
      codePeople: 3,
      unmatchedSince: start - dayMs,
      indexLagSeconds: 0,
    });
    // Two of code and one of the desk who may be the same, and one row of work of each of the four.
    expect(both?.evidence).toHaveLength(1 + 3 + 4);
    rowsOfOthers.push({
      accounts: [account('d3', { source: 'desk' }), account('d4', { source: 'desk' })],
      workItems: [done('3', 'd3'), done('4', 'd4')],
    });
    await adjutant.sync();
    const [more] = await handle.signals.subjects('workspace');
    expect(more).toMatchObject({ unmatchedPeople: 2, activePeople: 6, codePeople: 3 });
  });
});
