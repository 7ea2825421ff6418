import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGraphql } from './ask-twin.ts';
import { generateGithubRepository } from './generate-github-repository.ts';
import { type GithubTwin, startGithubTwin } from './start-github-twin.ts';

const generated = generateGithubRepository({
  pullRequests: 1_000,
  openPullRequests: 5,
  overflowShare: 0.05,
  seed: 3,
});
let twin: GithubTwin;

beforeAll(async () => {
  twin = await startGithubTwin({ data: generated.data });
});

afterAll(() => twin.close());

const query = `query($after: String) {
  repository(owner: "acme", name: "large") {
    pullRequests(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number state mergedAt createdAt
        reviews { totalCount } commits { totalCount } timelineItems { totalCount }
      }
    }
  }
}`;

interface Node {
  number: number;
  state: string;
  createdAt: string;
  mergedAt: string | null;
  reviews: { totalCount: number };
  commits: { totalCount: number };
  timelineItems: { totalCount: number };
}

interface Page {
  repository: {
    pullRequests: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: Node[];
    };
  };
}

async function readAll(): Promise<Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Page | null = (await askGraphql<Page>(twin, query, { after })).data;
    if (answer === null) throw new Error('No answer.');
    const page: Page['repository']['pullRequests'] = answer.repository.pullRequests;
    const { nodes, pageInfo } = page;
    found.push(...nodes);
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

describe('generateGithubRepository, read through the twin', () => {
  it('has the rows that were asked for, and as many nested ones as it says', async () => {
    const all = await readAll();
    const sum = (key: 'commits' | 'reviews' | 'timelineItems'): number =>
      all.reduce((counted, node) => counted + node[key].totalCount, 0);
    expect(all.filter(({ state }) => state === 'MERGED')).toHaveLength(1_000);
    expect(all.filter(({ state }) => state === 'OPEN')).toHaveLength(5);
    expect({
      reviews: sum('reviews'),
      commits: sum('commits'),
      timelineItems: sum('timelineItems'),
    }).toEqual({
      reviews: generated.truth.reviews,
      commits: generated.truth.commits,
      timelineItems: generated.truth.timelineItems,
    });
    for (const { createdAt, mergedAt } of all) {
      if (mergedAt !== null) expect(mergedAt > createdAt).toBe(true);
    }
  });

  it('lets one in twenty overflow a nested page of a hundred, and tells which', async () => {
    const beyond = (await readAll())
      .filter(({ reviews, commits, timelineItems }) =>
        [reviews, commits, timelineItems].some(({ totalCount }) => totalCount > 100),
      )
      .map(({ number }) => number);
    expect(beyond).toHaveLength(50);
    expect(beyond).toEqual(generated.truth.overflowing);
  });
});

it('is the same for the same seed', () => {
  const shape = (seed: number): string => {
    const { repository } = generateGithubRepository({ pullRequests: 20, seed });
    return JSON.stringify(
      [...repository.pullRequests.values()].map(({ updatedAt, reviews, commits }) => [
        updatedAt,
        reviews.length,
        commits.map(({ oid }) => oid),
      ]),
    );
  };
  expect(shape(4)).toBe(shape(4));
  expect(shape(4)).not.toBe(shape(5));
});
