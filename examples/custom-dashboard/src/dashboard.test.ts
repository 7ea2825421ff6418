import { type IncomingHttpHeaders, createServer, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  type Adjutant,
  createAdjutant,
  type DomainRows,
  type WorkspaceHandle,
} from '@adjutant/core';
import type { AiEvidence, Deployment, PullRequest, WorkItem } from '@adjutant/core/domain';
import {
  buildDeployment,
  buildPullRequest,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { formatFigure } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDashboard } from './dashboard.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
const source = 'forge';
const monday = Date.UTC(2026, 6, 6);
const weekCount = 13;
const now = monday + weekCount * weekMs + hourMs;
const people = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gus'];
const hostile = '<script>alert("x")</script><img src=x onerror=alert(1)>';
/** In one week nothing was deployed; in another two people alone merged. */
const quietWeek = 5;
const thinWeek = 8;
/** Nothing is known of work items before. */
const firstItemAt = monday + 3 * weekMs + 2 * dayMs;

const repository = {
  source,
  externalId: 'shop',
  name: `shop ${hostile}`,
  fullName: null,
  url: null,
  defaultBranch: 'main',
  mergeStyle: null,
};

function weekOfChanges(week: number) {
  const authors = week === thinWeek ? people.slice(0, 2) : people;
  return authors.map((author, place) => {
    const number = week * people.length + place + 1;
    const mergedAt = monday + week * weekMs + (place + 1) * 20 * hourMs;
    const hours = 6 + ((number * 37) % 90);
    const pullRequest = buildPullRequest({
      source,
      externalId: `pr-${number}`,
      repositoryExternalId: 'shop',
      number,
      title: `Change ${number} ${hostile}`,
      authorAccountExternalId: author,
      openedAt: mergedAt - hours * hourMs,
      firstCommitAt: mergedAt - (hours + 5) * hourMs,
      mergedAt,
      mergeSha: `sha-${number}`,
    });
    return { number, pullRequest, mergedAt };
  });
}

function madeUpTeam(): DomainRows {
  const pullRequests: PullRequest[] = [];
  const deployments: Deployment[] = [];
  const aiEvidence: AiEvidence[] = [];
  for (let week = 0; week < weekCount; week += 1) {
    for (const { number, pullRequest, mergedAt } of weekOfChanges(week)) {
      pullRequests.push(pullRequest);
      if (week !== quietWeek) {
        deployments.push(
          buildDeployment({
            source,
            externalId: `deployment-${number}`,
            repositoryExternalId: 'shop',
            sha: `sha-${number}`,
            finishedAt: mergedAt + 4 * hourMs,
          }),
        );
      }
      const mark = ['assisted', null, 'agent_authored', null, 'declared_none'] as const;
      const found = mark[number % mark.length] ?? null;
      if (found === null) continue;
      aiEvidence.push({
        source,
        externalId: `mark-${number}`,
        subjectKind: 'pull_request',
        repositoryExternalId: 'shop',
        subjectExternalId: pullRequest.externalId,
        class: found,
        tool: null,
        model: null,
        origin: 'trailer',
        confidence: 1,
      });
    }
  }
  const accounts = people.map((login) => ({
    source,
    externalId: login,
    login,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human' as const,
    isBot: false,
  }));
  return {
    repositories: [repository],
    accounts,
    pullRequests,
    deployments,
    aiEvidence,
    ...board(),
  };
}

/** Sixty items, each begun and most of them done some days after they were made. */
function board(): DomainRows {
  const workItems: WorkItem[] = [];
  const workItemChanges: NonNullable<DomainRows['workItemChanges']>[number][] = [];
  for (let number = 0; number < 60; number += 1) {
    const createdAt = firstItemAt + number * 26 * hourMs;
    const startedAt = createdAt + (30 + ((number * 13) % 80)) * hourMs;
    const doneAt = startedAt + (20 + ((number * 29) % 150)) * hourMs;
    const key = `SHOP-${number + 1}`;
    const steps = [
      ['To Do', 'In Progress', startedAt],
      ['In Progress', 'Done', doneAt],
    ] as const;
    const passed = steps.filter(([, , at]) => at < now);
    const status = passed.at(-1)?.[1] ?? 'To Do';
    workItems.push(
      buildWorkItem({
        source,
        externalId: key,
        key,
        kind: 'story',
        originalType: 'Story',
        statusCategory: ({ 'To Do': 'to_do', 'In Progress': 'in_progress', Done: 'done' } as const)[
          status
        ],
        originalStatus: status,
        createdAt,
        startedAt: startedAt < now ? startedAt : null,
        doneAt: doneAt < now ? doneAt : null,
      }),
    );
    workItemChanges.push(
      ...passed.map(([fromValue, toValue, at], place) => ({
        source,
        externalId: `${key}-${place}`,
        workItemExternalId: key,
        field: 'status',
        fromValue,
        toValue,
        actorAccountExternalId: null,
        at,
      })),
    );
  }
  return { workItems, workItemChanges };
}

const chartSchema = z.object({
  id: z.string(),
  labels: z.array(z.iso.date()),
  datasets: z.array(z.object({ id: z.string(), data: z.array(z.number().nullable()) })),
  sampleSizes: z.array(z.number()),
  share: z.object({ data: z.array(z.number().nullable()) }).nullable(),
  figure: z.string(),
  notes: z.array(z.string()),
});
type Chart = z.infer<typeof chartSchema>;

interface Served {
  adjutant: Adjutant;
  team: WorkspaceHandle;
  get: (
    path: string,
    headers?: IncomingHttpHeaders,
    method?: string,
  ) => Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>;
  close: () => Promise<void>;
}

async function serve(rows: DomainRows, timeZone = 'UTC'): Promise<Served> {
  const gap = {
    source,
    scopeExternalId: 'acme/widgets',
    stream: 'records',
    code: 'half_read',
    message: `Half of it was read ${hostile}.`,
    affectedCount: null,
  };
  const adjutant = await createAdjutant({
    store: ':memory:',
    metrics: allMetrics,
    clock: createFakeClock(now),
    timeZone,
    connectors: [createRowsConnector({ id: source, records: () => ({ all: rows }), gaps: [gap] })],
  });
  await adjutant.sync();
  const team = adjutant.workspace().as(await adjutant.owner());
  const server = createServer(createDashboard(team));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    adjutant,
    team,
    get: (path, headers = {}, method = 'GET') =>
      new Promise((resolve, reject) => {
        const asked = httpRequest(
          { host: '127.0.0.1', port, path, headers, method },
          (response) => {
            text(response).then(
              (body) =>
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
              reject,
            );
          },
        );
        asked.on('error', reject).end();
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await adjutant.close();
    },
  };
}

let served: Served;
let charts: Map<string, Chart>;
let page: string;

async function chartsOf({ get }: Served): Promise<Map<string, Chart>> {
  const { body } = await get('/series.json');
  const parsed = z.object({ charts: z.array(chartSchema) }).parse(JSON.parse(body));
  return new Map(parsed.charts.map((one) => [one.id, one]));
}

function chart(id: string): Chart {
  const found = charts.get(id);
  if (found === undefined) throw new Error(`no chart ${id}`);
  return found;
}

function data(id: string, dataset: string): (number | null)[] {
  return chart(id).datasets.find((one) => one.id === dataset)?.data ?? [];
}

/** The part of the page that holds one chart. */
function section(id: string): string {
  const [, found = ''] =
    new RegExp(`<section aria-labelledby="${id}">([\\s\\S]*?)</section>`).exec(page) ?? [];
  return found;
}

const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const placeOf = (id: string, instant: number): number => chart(id).labels.indexOf(day(instant));

beforeAll(async () => {
  served = await serve(madeUpTeam());
  charts = await chartsOf(served);
  ({ body: page } = await served.get('/'));
});
afterAll(() => served.close());

describe('the series', () => {
  test('are arrays of one length for a chart library', () => {
    expect([...charts.keys()]).toEqual(['deployments', 'lead-time', 'flow', 'ai-adoption']);
    for (const { labels, datasets, sampleSizes } of charts.values()) {
      expect(labels.length).toBeGreaterThan(10);
      expect(datasets.map((dataset) => dataset.data.length)).toEqual(
        datasets.map(() => labels.length),
      );
      expect(sampleSizes).toHaveLength(labels.length);
    }
  });

  test('are what the SDK answers', async () => {
    const deployments = await served.team.metric({ metricId: 'deployment_frequency' });
    expect(data('deployments', 'deployments')).toEqual(
      deployments.series.map(({ value }) => value),
    );
    const leadTime = await served.team.metric({ metricId: 'lead_time_for_changes' });
    expect(data('lead-time', 'p50')).toEqual(leadTime.series.map(({ value }) => value));
    expect(chart('lead-time').sampleSizes).toEqual(
      leadTime.series.map(({ sampleSize }) => sampleSize),
    );
    const flow = await served.team.metric({ metricId: 'cumulative_flow' });
    for (const { id, series } of flow.parts) {
      expect(data('flow', id)).toEqual(series?.map(({ value }) => value));
    }
  });

  test('of lead time have a p75 that is not below the median', () => {
    const median = data('lead-time', 'p50');
    const known = data('lead-time', 'p75').flatMap((value, place) =>
      value === null ? [] : [value - (median[place] ?? Number.NaN)],
    );
    expect(known.length).toBeGreaterThan(8);
    expect(Math.min(...known)).toBeGreaterThan(0);
  });

  test('have a hole where nothing is known, and a 0 where there was nothing', () => {
    const quiet = monday + quietWeek * weekMs;
    expect(data('lead-time', 'p50')[placeOf('lead-time', quiet)]).toBeNull();
    expect(data('lead-time', 'p75')[placeOf('lead-time', quiet)]).toBeNull();
    expect(data('deployments', 'deployments')[placeOf('deployments', quiet)]).toBe(0);
    const before = placeOf('flow', firstItemAt) - 1;
    expect(
      data('flow', 'done')
        .slice(0, before + 1)
        .every((value) => value === null),
    ).toBe(true);
    expect(data('flow', 'to_do')[before + 1]).toBe(1);
  });

  test('of coding tools add up to the merges, and tell no class of a week of two people', () => {
    const { sampleSizes, datasets, share } = chart('ai-adoption');
    const sums = sampleSizes.map((_, place) =>
      datasets.reduce((sum, dataset) => sum + (dataset.data[place] ?? 0), 0),
    );
    expect(sums).toEqual(sampleSizes);
    const thin = placeOf('ai-adoption', monday + thinWeek * weekMs);
    expect(data('ai-adoption', 'assisted')[thin]).toBeNull();
    expect(data('ai-adoption', 'withheld')[thin]).toBe(2);
    expect(share?.data[thin]).toBeNull();
    expect(share?.data[thin + 1]).toBe(
      (data('ai-adoption', 'unknown')[thin + 1] ?? 0) / people.length,
    );
  });
});

describe('the page', () => {
  test('draws every chart with its figure, its n and what to know of it', async () => {
    const { value, unit, sampleSize } = await served.team.metric({
      metricId: 'deployment_frequency',
    });
    expect(section('deployments')).toContain(`${formatFigure(value, unit)}, n ${sampleSize}`);
    for (const id of charts.keys()) {
      expect(section(id)).toMatch(
        /<svg [^>]*role="img" aria-labelledby="[^"]+"><title[^>]*>[^<]+<\/title><desc/,
      );
      expect(section(id)).toContain('Half of it was read');
    }
    expect(section('ai-adoption')).toContain('carry no mark: unknown, not human');
    const [, cited = ''] = /adjutant explain (\w+)</.exec(section('deployments')) ?? [];
    expect(await served.team.explainCitation(cited)).toMatchObject({ citationId: cited });
  });

  test('holds every value in a table', () => {
    for (const { id, labels, sampleSizes } of charts.values()) {
      const rows = section(id).match(/<tr><th scope="row">.*?<\/tr>/g) ?? [];
      expect(rows).toHaveLength(labels.length);
      rows.forEach((row, place) => {
        expect(row).toContain(`<th scope="row">${labels[place]}</th>`);
        expect(row.endsWith(`<td>${sampleSizes[place]}</td></tr>`)).toBe(true);
      });
    }
  });

  test('breaks a line at a week that is not known, and marks it', () => {
    const leadTime = section('lead-time');
    expect(leadTime.match(/<polyline class="p50"/g)).toHaveLength(2);
    expect(leadTime.match(/class="hole"/g)).toHaveLength(1);
    expect(section('deployments').match(/class="zero"/g)).toHaveLength(1);
    expect(section('deployments')).not.toContain('class="hole"');
  });

  test('shows text from outside as text', () => {
    expect(page.split('&lt;script&gt;').length).toBeGreaterThan(10);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<script|<img|<[^>]*\son\w+=|style=/);
  });

  test('runs no script and loads its own style only', async () => {
    const { headers } = await served.get('/');
    expect(headers['content-security-policy']).toContain("default-src 'none'; style-src 'self'");
    expect(page.match(/(?:src|href)="[^"]*"/g)).toEqual([
      'href="/style.css"',
      'href="/series.json"',
    ]);
    const style = await served.get('/style.css');
    expect(style).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8' },
    });
    expect(style.body).not.toMatch(/url\(|@import/);
  });
});

test('a team of which nothing is known gets reasons, and no drawing', async () => {
  const empty = await serve({});
  try {
    const { body, status } = await empty.get('/');
    expect(status).toBe(200);
    expect(body).not.toContain('<svg ');
    expect(body.match(/Nothing to draw: no value is known/g)).toHaveLength(4);
    expect(body).toContain('No deployment is known in this window');
    expect(body).not.toMatch(/NaN|Infinity|undefined/);
  } finally {
    await empty.close();
  }
});

test('weeks of another zone begin on its Mondays', async () => {
  const far = await serve(madeUpTeam(), 'Pacific/Auckland');
  try {
    const { labels = [] } = (await chartsOf(far)).get('deployments') ?? {};
    expect(labels.length).toBeGreaterThan(10);
    expect(labels.filter((label) => new Date(label).getUTCDay() !== 1)).toEqual([]);
  } finally {
    await far.close();
  }
});

test.each([
  ['a host name that a foreign page pointed here', '/', { host: 'evil.example' }, 'GET', 403],
  ['another path', '/../package.json', {}, 'GET', 404],
  ['writing', '/', {}, 'POST', 405],
])('%s is refused', async (_name, path, headers, method, status) => {
  expect(await served.get(path, headers, method)).toMatchObject({ status });
});
