import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askGraphql } from '../ask-twin.ts';
import { generateGithubRepository } from '../generate-github-repository.ts';
import { type GithubTwin, startGithubTwin } from '../start-github-twin.ts';

let twin: GithubTwin;

beforeAll(async () => {
  const { data } = generateGithubRepository({ pullRequests: 120, overflowShare: 0.05, seed: 5 });
  twin = await startGithubTwin({ data });
});

afterAll(() => twin.close());

beforeEach(() => {
  twin.quota.graphql.used = 0;
});

/** Declares the variables that the fields use: GraphQL refuses others. */
const inRepository = (fields: string): string => {
  const declared = [
    ...(fields.includes('$size') ? ['$size: Int'] : []),
    ...(fields.includes('$after') ? ['$after: String'] : []),
  ];
  const head = declared.length > 0 ? `query(${declared.join(' ')})` : 'query';
  return `${head} { repository(owner: "acme", name: "large") { ${fields} } }`;
};

const everything = inRepository(`
  pullRequests(first: $size, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) {
    pageInfo { hasNextPage endCursor }
    nodes {
      number
      labels(first: 10) { nodes { name } }
      closingIssuesReferences(first: 10) { nodes { number } }
      comments(first: 20) { nodes { body } }
      timelineItems(first: 50) { nodes { __typename } }
      reviews(first: 50) { nodes { state } }
      reviewRequests(first: 10) { nodes { asCodeOwner } }
      commits(first: 100) { nodes { commit { oid } } }
    }
  }`);

interface Page {
  repository: {
    pullRequests: {
      totalCount?: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: { number: number }[];
    };
  };
}

describe('limits of a request', () => {
  it('wants the length of every page, unless only the total is asked for', async () => {
    const none = await askGraphql(twin, inRepository('pullRequests { nodes { number } }'));
    expect(none.data).toBeNull();
    expect(none.errors).toMatchObject([{ type: 'MISSING_PAGINATION_BOUNDARIES' }]);
    const total = await askGraphql(twin, inRepository('pullRequests { totalCount }'));
    expect(total.data).toEqual({ repository: { pullRequests: { totalCount: 120 } } });
  });

  it.each([
    [101, 'EXCESSIVE_PAGINATION'],
    [0, 'INVALID_PAGINATION'],
  ])('refuses a page of %i', async (size, type) => {
    const query = inRepository('pullRequests(first: $size) { nodes { number } }');
    expect((await askGraphql(twin, query, { size })).errors).toMatchObject([{ type }]);
    const last = inRepository('pullRequests(last: $size) { nodes { number } }');
    expect((await askGraphql(twin, last, { size })).errors).toMatchObject([{ type }]);
  });

  it('refuses more than half a million nodes, counted before anything is read', async () => {
    const query = inRepository(`pullRequests(first: 100) { nodes {
      commits(first: 100) { nodes { commit { parents(first: 100) { nodes { oid } } } } }
    } }`);
    expect((await askGraphql(twin, query)).errors).toMatchObject([
      {
        type: 'MAX_NODE_LIMIT_EXCEEDED',
        message: expect.stringContaining('1010100'),
      },
    ]);
    expect(twin.requests.at(-1)).toMatchObject({ nodes: 1_010_100, weight: 0 });
  });

  it('counts fragments and variables as it counts what is written out', async () => {
    const query = `
      query($size: Int!) { repository(owner: "acme", name: "large") { ...pages rateless: name } rateLimit { cost nodeCount } }
      fragment pages on Repository { pullRequests(first: $size) { nodes { ...inner } } }
      fragment inner on PullRequest { reviews(first: 10) { nodes { state } } }`;
    // 1 page of 40, 40 pages of 10: 41 pages are less than a point, and the least is one.
    expect((await askGraphql(twin, query, { size: 40 })).data).toMatchObject({
      rateLimit: { cost: 1, nodeCount: 440 },
    });
  });
});

describe('points', () => {
  it('charges one for every hundred pages, as the documentation reckons', async () => {
    const nested = inRepository(`pullRequests(first: 50) { nodes {
      reviews(first: 20) { nodes { onBehalfOf(first: 10) { nodes { slug } } } }
    } }`);
    await askGraphql(twin, nested);
    // 1 + 50 + 1,000 pages.
    expect(twin.requests.at(-1)).toMatchObject({ cost: 11, nodes: 50 + 1_000 + 10_000 });
    expect(twin.quota.graphql).toMatchObject({ used: 11, remaining: 4_989 });
  });

  it('says what is left in headers and data, and answers 200 with an error at the end', async () => {
    twin.quota.graphql.used = 4_999;
    const query = '{ rateLimit { limit remaining used } }';
    const last = await askGraphql(twin, query);
    expect(last.data).toEqual({ rateLimit: { limit: 5_000, remaining: 0, used: 5_000 } });
    const over = await askGraphql(twin, query);
    expect(over.status).toBe(200);
    expect(over.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(over.errors[0]?.type).toMatch(/^RATE_LIMIT(ED)?$/);
  });
});

describe('heavy pages', () => {
  it('breaks off with 502 and charges double, until the page is small enough', async () => {
    const heavy = await askGraphql(twin, everything, { size: 100 });
    expect(heavy.status).toBe(502);
    const [at100] = twin.requests.slice(-1);
    expect(at100?.weight).toBeGreaterThan(twin.limits.weight);
    // 1 + 700 pages are seven points; a request that was broken off costs them twice.
    expect(at100?.cost).toBe(14);
    const light = await askGraphql<Page>(twin, everything, { size: 50 });
    expect(light.data?.repository.pullRequests.nodes).toHaveLength(50);
    expect(twin.requests.at(-1)?.weight).toBeLessThan(twin.limits.weight);
  });
});

describe('paging', () => {
  const query = (order: string, from = 'first', cursor = 'after'): string =>
    inRepository(`pullRequests(${from}: $size, ${cursor}: $after, orderBy: {${order}}) {
      totalCount pageInfo { hasNextPage endCursor } nodes { number }
    }`);

  async function pages(text: string, size: number): Promise<number[][]> {
    const found: number[][] = [];
    for (let after: string | null = null; ; ) {
      const answer: Page | null = (await askGraphql<Page>(twin, text, { size, after })).data;
      if (answer === null) throw new Error('No answer.');
      const page: Page['repository']['pullRequests'] = answer.repository.pullRequests;
      const { nodes, pageInfo, totalCount } = page;
      expect(totalCount).toBe(120);
      found.push(nodes.map(({ number }) => number));
      if (!pageInfo.hasNextPage) return found;
      after = pageInfo.endCursor;
    }
  }

  it.each(['CREATED_AT', 'UPDATED_AT'])('walks by %s both ways', async (field) => {
    const up = await pages(query(`field: ${field}, direction: ASC`), 50);
    expect(up.map((page) => page.length)).toEqual([50, 50, 20]);
    const down = await pages(query(`field: ${field}, direction: DESC`), 50);
    expect(down.flat()).toEqual(up.flat().toReversed());
    expect(new Set(up.flat()).size).toBe(120);
  });

  it('takes the end of a list with last, and refuses a cursor that is none', async () => {
    const order = 'field: CREATED_AT, direction: ASC';
    const last = await askGraphql<Page>(twin, query(order, 'last', 'before'), { size: 3 });
    expect(last.data?.repository.pullRequests.nodes.map(({ number }) => number)).toEqual([
      118, 119, 120,
    ]);
    const wrong = await askGraphql(twin, query(order), { size: 3, after: 'bm9uZQ==' });
    expect(wrong.errors).toMatchObject([{ type: 'INVALID_CURSOR_ARGUMENTS' }]);
  });
});
