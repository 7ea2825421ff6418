import { createRandom, type Random } from '../../testing/random.ts';
import { createGithubData, type GithubData } from './data/github-data.ts';
import type { TwinActor, TwinPullRequest, TwinRepository } from './data/records.ts';

export interface GithubRepositoryOptions {
  /** How many merged pull requests. */
  pullRequests: number;
  /** How many more that are still open. Default: 0. */
  openPullRequests?: number;
  /** The share that has more than a hundred reviews, commits or timeline items. Default: 0. */
  overflowShare?: number;
  seed: number;
  /** When the last one was merged. Default: the first of November 2026. */
  to?: number;
  people?: number;
}

export interface GeneratedGithubRepository {
  data: GithubData;
  repository: TwinRepository;
  /** Counted while it was made. */
  truth: {
    pullRequests: number;
    reviews: number;
    commits: number;
    timelineItems: number;
    /** Numbers of those that do not fit into nested pages of a hundred. */
    overflowing: number[];
  };
}

const hourMs = 3_600_000;
const minuteMs = 60_000;
const beyondOnePage = { low: 101, high: 140 };
const overflowKinds = ['reviews', 'commits', 'events'] as const;
type OverflowKind = (typeof overflowKinds)[number];

/** Makes one repository with many pull requests, for counting requests and time. */
export function generateGithubRepository(
  options: GithubRepositoryOptions,
): GeneratedGithubRepository {
  const { pullRequests, openPullRequests = 0, overflowShare = 0, seed, people = 12 } = options;
  const to = options.to ?? Date.parse('2026-11-01T00:00:00Z');
  const random = createRandom(seed);
  const data = createGithubData();
  const organization = data.addOrganization('acme', 'Acme');
  const members = Array.from({ length: people }, (_, at) =>
    data.addActor({ login: `person-${at}`, name: `Person ${at}` }),
  );
  for (const member of members) data.addMember(organization, member);
  const from = to - Math.max(pullRequests, 100) * hourMs;
  const repository = data.addRepository(organization, { name: 'large', createdAt: from - hourMs });
  const total = pullRequests + openPullRequests;
  const overflowing = spread(Math.round(total * overflowShare), total);
  for (let at = 0; at < total; at += 1) {
    const kind = overflowing.has(at) ? overflowKinds[at % overflowKinds.length] : undefined;
    const createdAt = from + Math.floor((at * (to - from - 96 * hourMs)) / total);
    const made = addOne({ data, random, repository, members, createdAt }, kind ?? null);
    if (at >= openPullRequests) mergeOne({ data, random, members }, made);
  }
  const all = [...repository.pullRequests.values()];
  const sum = (count: (request: TwinPullRequest) => number): number =>
    all.reduce((counted, request) => counted + count(request), 0);
  return {
    data,
    repository,
    truth: {
      pullRequests: all.length,
      reviews: sum(({ reviews }) => reviews.length),
      commits: sum(({ commits }) => commits.length),
      timelineItems: sum(
        ({ reviews, commits, comments, events }) =>
          reviews.length + commits.length + comments.length + events.length,
      ),
      overflowing: all.flatMap(({ number }, at) => (overflowing.has(at) ? [number] : [])),
    },
  };
}

/** Spreads so many marks evenly over a row of positions. */
function spread(count: number, total: number): Set<number> {
  return new Set(
    Array.from({ length: count }, (_, at) => Math.floor(((at + 0.5) * total) / count)),
  );
}

interface Making {
  data: GithubData;
  random: Random;
  repository: TwinRepository;
  members: readonly TwinActor[];
  createdAt: number;
}

function addOne(making: Making, overflow: OverflowKind | null): TwinPullRequest {
  const { data, random, repository, members, createdAt } = making;
  const author = random.pick(members);
  const sizeOf = (kind: OverflowKind, low: number, high: number): number =>
    overflow === kind
      ? random.integer(beyondOnePage.low, beyondOnePage.high)
      : random.integer(low, high);
  const commitCount = sizeOf('commits', 1, 4);
  const commits = Array.from({ length: commitCount }, (_, step) =>
    data.addCommit(repository, {
      at: createdAt - (commitCount - step) * 10 * minuteMs,
      by: author,
      message: `Step ${step + 1}`,
    }),
  );
  const isDraft = random.chance(0.2);
  const request = data.addPullRequest(repository, {
    title: `Change ${repository.pullRequests.size + 1}`,
    createdAt,
    author,
    commits,
  });
  let at = createdAt;
  const later = (): number => (at += random.integer(1, 30) * minuteMs);
  if (isDraft) data.addEvent(request, 'ReadyForReviewEvent', { at: later(), actor: author });
  const requests = sizeOf('events', 0, 2);
  for (let count = 0; count < requests; count += 1) {
    data.addEvent(request, 'ReviewRequestedEvent', {
      at: later(),
      actor: author,
      requestedReviewer: random.pick(members),
    });
  }
  const reviews = sizeOf('reviews', 0, 3);
  for (let count = 0; count < reviews; count += 1) {
    const state = random.pick(['APPROVED', 'COMMENTED', 'CHANGES_REQUESTED'] as const);
    data.addReview(request, { state, submittedAt: later(), author: random.pick(members) });
  }
  if (random.chance(0.3)) data.addComment(request, { at: later(), author: random.pick(members) });
  return request;
}

function mergeOne(
  { data, random, members }: Pick<Making, 'data' | 'members' | 'random'>,
  request: TwinPullRequest,
): void {
  const { repository, number } = request;
  const at = request.updatedAt + random.integer(1, 20) * minuteMs;
  const by = random.pick(members);
  const commit = data.addCommit(repository, {
    at,
    by,
    message: `Merge pull request #${number} from acme/topic-${number}\n\n${request.title}`,
    parents: [repository.headOid, request.commits.at(-1)?.oid ?? null].filter(
      (oid) => oid !== null,
    ),
  });
  repository.headOid = commit.oid;
  repository.pushedAt = at;
  data.merge(request, { at, by, commit });
}
