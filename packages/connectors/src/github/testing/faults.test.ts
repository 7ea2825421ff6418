import { afterEach, describe, expect, it } from 'vitest';
import { askGraphql } from './ask-twin.ts';
import { generateGithubRepository } from './generate-github-repository.ts';
import type { GithubTwinFaults } from './faults.ts';
import { type GithubTwin, startGithubTwin } from './start-github-twin.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
let twin: GithubTwin;

async function start(seed = 1, pullRequests = 60): Promise<GithubTwin> {
  const { data } = generateGithubRepository({ pullRequests, seed: 9 });
  twin = await startGithubTwin({ data, seed, clock: { now: () => now } });
  return twin;
}

afterEach(() => twin.close());

const pageQuery = (field: string, direction: string): string => `query($after: String) {
  repository(owner: "acme", name: "large") {
    pullRequests(first: 10, after: $after, orderBy: {field: ${field}, direction: ${direction}}) {
      pageInfo { hasNextPage endCursor }
      nodes { number author { login } reviews(first: 10) { nodes { state } } }
    }
  }
}`;

interface Page {
  repository: {
    pullRequests: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: ({ number: number; author: { login: string } | null } | null)[];
    };
  };
}

/** Reads all pages with a pager that trusts its order. */
async function read(field: string, direction: string): Promise<number[]> {
  const found: number[] = [];
  for (let after: string | null = null; ; ) {
    const query = pageQuery(field, direction);
    const answer: Page | null = (await askGraphql<Page>(twin, query, { after })).data;
    if (answer === null) throw new Error('No answer.');
    const page: Page['repository']['pullRequests'] = answer.repository.pullRequests;
    const { nodes, pageInfo } = page;
    found.push(...nodes.flatMap((node) => node?.number ?? []));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}

async function statuses(count: number): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for (let at = 0; at < count; at += 1) {
    const { status, errors } = await askGraphql(twin, '{ viewer { login } }');
    found.push(errors[0]?.type ?? status);
  }
  return found;
}

describe('switches', () => {
  it('are all off at first', async () => {
    await start();
    expect(await read('CREATED_AT', 'ASC')).toHaveLength(60);
    expect(twin.requests.every(({ fault }) => fault === null)).toBe(true);
  });

  it.each([
    ['tooManyRequests', 429, '1'],
    ['secondaryLimit', 403, '1'],
    ['badGateway', 502, null],
  ] as const)('%s answers so many requests with %i', async (name, status, retryAfter) => {
    await start();
    twin.faults[name] = { count: 2 };
    const first = await askGraphql(twin, '{ viewer { login } }');
    expect([first.status, first.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(await statuses(2)).toEqual([status, 200]);
    expect(twin.requests.map(({ fault }) => fault)).toEqual([name, name, null]);
  });

  it('rateLimited answers 200 with an error of either name', async () => {
    await start();
    twin.faults.rateLimited = { count: 12 };
    expect(new Set(await statuses(12))).toEqual(new Set(['RATE_LIMITED', 'RATE_LIMIT']));
    expect(await statuses(1)).toEqual([200]);
  });

  it('a function decides by the request', async () => {
    await start();
    twin.faults.badGateway = ({ operationName }) => operationName === 'Slow';
    expect((await askGraphql(twin, 'query Slow { viewer { login } }')).status).toBe(502);
    expect((await askGraphql(twin, 'query Fast { viewer { login } }')).status).toBe(200);
  });

  it('a probability hits by the seed, each switch with numbers of its own', async () => {
    const run = async (seed: number, more: Partial<GithubTwinFaults> = {}) => {
      await start(seed);
      Object.assign(twin.faults, { badGateway: { probability: 0.4 } }, more);
      const found = await statuses(30);
      await twin.close();
      return found.map((status) => status === 502);
    };
    const first = await run(1);
    expect(first.filter(Boolean).length).toBeGreaterThan(4);
    expect(await run(1)).toEqual(first);
    expect(await run(1, { rateLimited: { probability: 0.5 } })).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    await start();
  });

  it('clockSkewMs moves the Date header alone', async () => {
    await start();
    twin.faults.clockSkewMs = -300_000;
    const { headers } = await askGraphql(twin, '{ viewer { login } }');
    expect(headers.get('date')).toBe('Fri, 20 Nov 2026 11:55:00 GMT');
  });
});

describe('data that is not all there', () => {
  it('partialData takes nodes out and names each of them', async () => {
    await start();
    twin.faults.partialData = { count: 1 };
    const query = pageQuery('CREATED_AT', 'ASC');
    const { status, data, errors } = await askGraphql<Page>(twin, query);
    expect(status).toBe(200);
    expect(errors.length).toBeGreaterThan(0);
    for (const { type, path = [] } of errors) {
      expect(type).toBe('RESOURCE_LIMITS_EXCEEDED');
      // Somewhere along the path there is nothing any more.
      const steps: unknown[] = [data];
      for (const step of path) steps.push(Reflect.get(Object(steps.at(-1) ?? {}), step));
      expect(steps).toContain(null);
    }
    expect((await askGraphql(twin, query)).errors).toEqual([]);
  });

  it('nullAuthor takes the same accounts away on every page', async () => {
    await start();
    twin.faults.nullAuthor = { probability: 0.3 };
    const authors = async (): Promise<boolean[]> => {
      const { data } = await askGraphql<Page>(twin, pageQuery('CREATED_AT', 'ASC'));
      return (data?.repository.pullRequests.nodes ?? []).map((node) => node?.author === null);
    };
    const first = await authors();
    expect(first).toContain(true);
    expect(first).toContain(false);
    expect(await authors()).toEqual(first);
  });
});

describe('rows that move while they are read', () => {
  it('pageDrift hides rows from who reads by the last change, downwards', async () => {
    await start(3);
    twin.faults.pageDrift = { probability: 1 };
    const found = await read('UPDATED_AT', 'DESC');
    const lost = 60 - new Set(found).size;
    expect(lost).toBeGreaterThan(0);
  });

  it('pageDrift hides nothing from who reads by the creation', async () => {
    await start(3);
    twin.faults.pageDrift = { probability: 1 };
    expect(new Set(await read('CREATED_AT', 'ASC')).size).toBe(60);
  });

  it('lostRows deletes one after a page, and nobody sees it again', async () => {
    await start();
    twin.faults.lostRows = { count: 2 };
    await read('CREATED_AT', 'ASC');
    expect((await read('CREATED_AT', 'ASC')).length).toBe(58);
  });
});
