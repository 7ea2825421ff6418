import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Adjutant, createAdjutant, type DomainRows } from '@adjutant/core';
import {
  buildDeployment,
  buildPullRequest,
  buildWorkItem,
  createFakeClock,
  createRowsConnector,
} from '@adjutant/core/testing';
import { createDashboard } from '@adjutant/example-custom-dashboard';
import { serveGateway, type ServedGateway } from '@adjutant/gateway';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { figuresOverHttp } from './figures-over-http.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const source = 'forge';
const now = Date.UTC(2026, 9, 8, 9, 30);
// Weeks of this zone begin half a day before those of UTC, and within the window its clocks change.
const timeZone = 'Pacific/Auckland';
const authors = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gus'];
const marks = ['assisted', null, 'agent_authored', null, 'declared_none'] as const;

/** Two changes a day for eighty days, deployed but in one week, some with marks; and a board. */
function madeUpTeam(): DomainRows {
  const changes = Array.from({ length: 160 }, (_, number) => {
    const mergedAt = now - number * 12 * hourMs - hourMs;
    const found = marks[number % marks.length] ?? null;
    const repositoryExternalId = 'shop';
    const pullRequest = buildPullRequest({
      source,
      externalId: `pr-${number}`,
      repositoryExternalId,
      number,
      title: `Change ${number} <b>`,
      authorAccountExternalId: authors[number % authors.length] ?? 'ada',
      openedAt: mergedAt - (6 + ((number * 37) % 90)) * hourMs,
      firstCommitAt: mergedAt - (11 + ((number * 37) % 90)) * hourMs,
      mergedAt,
      mergeSha: `sha-${number}`,
    });
    const deployment = buildDeployment({
      source,
      externalId: `deployment-${number}`,
      repositoryExternalId,
      sha: `sha-${number}`,
      finishedAt: mergedAt + 4 * hourMs,
    });
    const evidence = {
      source,
      externalId: `mark-${number}`,
      subjectKind: 'pull_request' as const,
      repositoryExternalId,
      subjectExternalId: pullRequest.externalId,
      tool: null,
      model: null,
      origin: 'trailer' as const,
      confidence: 1,
    };
    return {
      pullRequest,
      deployments: number > 50 && number < 75 ? [] : [deployment],
      aiEvidence: found === null ? [] : [{ ...evidence, class: found }],
    };
  });
  const workItems = Array.from({ length: 40 }, (_, number) => {
    const createdAt = now - (60 - number) * dayMs;
    const doneAt = createdAt + 25 * dayMs;
    return buildWorkItem({
      source,
      externalId: `SHOP-${number}`,
      key: `SHOP-${number}`,
      kind: 'story',
      originalType: 'Story',
      statusCategory: doneAt < now ? 'done' : 'to_do',
      originalStatus: doneAt < now ? 'Done' : 'To Do',
      createdAt,
      doneAt: doneAt < now ? doneAt : null,
    });
  });
  return {
    repositories: [
      {
        source,
        externalId: 'shop',
        name: 'shop',
        fullName: null,
        url: null,
        defaultBranch: 'main',
        mergeStyle: null,
      },
    ],
    // Of fewer than five people, marks are not told.
    accounts: authors.map((login) => ({
      source,
      externalId: login,
      login,
      name: null,
      email: null,
      emailVerified: false,
      vendorId: null,
      kind: 'human' as const,
      isBot: false,
    })),
    pullRequests: changes.map(({ pullRequest }) => pullRequest),
    deployments: changes.flatMap(({ deployments }) => deployments),
    aiEvidence: changes.flatMap(({ aiEvidence }) => aiEvidence),
    workItems,
  };
}

const seriesSchema = z.object({
  charts: z.array(
    z.looseObject({
      id: z.string(),
      labels: z.array(z.iso.date()),
      datasets: z.array(z.object({ id: z.string(), data: z.array(z.number().nullable()) })),
    }),
  ),
});

let adjutant: Adjutant;
let gateway: ServedGateway;
let token: string;
let beside: Server;
let besideUrl: string;
let program: ChildProcess;
let overHttpUrl: string;

beforeAll(async () => {
  const clock = createFakeClock(now);
  adjutant = await createAdjutant({
    store: ':memory:',
    metrics: allMetrics,
    clock,
    timeZone,
    connectors: [createRowsConnector({ id: source, records: () => ({ all: madeUpTeam() }) })],
  });
  await adjutant.sync();
  const owner = await adjutant.owner();
  gateway = await serveGateway(adjutant, { port: 0, clock });
  ({ token } = await adjutant
    .accessTokens(owner)
    .create({ name: 'dashboard', scopes: ['read'], expiresInDays: 30 }));
  beside = createServer(createDashboard(adjutant.workspace().as(owner)));
  await new Promise<void>((resolve) => beside.listen(0, '127.0.0.1', resolve));
  const address = beside.address();
  besideUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const main = join(import.meta.dirname, 'main.ts');
  program = spawn(process.execPath, ['--conditions=@adjutant/source', main], {
    env: { ...process.env, ADJUTANT_URL: gateway.origin, ADJUTANT_TOKEN: token, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (program.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface(program.stdout)) {
    overHttpUrl = line.replace('Dashboard at ', '');
    break;
  }
});

afterAll(async () => {
  program.kill('SIGTERM');
  await once(program, 'exit');
  beside.closeAllConnections();
  await new Promise((resolve) => beside.close(resolve));
  await gateway.close();
  await adjutant.close();
});

async function seriesOf(url: string) {
  const response = await fetch(`${url}series.json`);
  return seriesSchema.parse(await response.json()).charts;
}

test('every number is that of the SDK, and there are numbers', async () => {
  const overHttp = await seriesOf(overHttpUrl);
  expect(overHttp).toEqual(await seriesOf(besideUrl));
  expect(overHttp.map(({ id }) => id)).toEqual(['deployments', 'lead-time', 'flow', 'ai-adoption']);
  for (const { labels, datasets } of overHttp) {
    expect(labels.length).toBeGreaterThan(10);
    expect(datasets.flatMap(({ data }) => data).some((value) => (value ?? 0) > 0)).toBe(true);
  }
  const adoption = overHttp.at(-1)?.datasets.find(({ id }) => id === 'agent_authored');
  expect(adoption?.data.some((value) => (value ?? 0) > 0)).toBe(true);
  // A week in which nothing was deployed has no lead time, over HTTP too: a hole and no 0.
  const [, leadTime] = overHttp;
  expect(leadTime?.datasets[0]?.data).toContain(null);
});

test('the page is the same, word for word', async () => {
  const [overHttp, besideIt] = await Promise.all(
    [overHttpUrl, besideUrl].map(async (url) => (await fetch(url)).text()),
  );
  expect(overHttp).toBe(besideIt);
  expect(overHttp).toContain('Change 159 &lt;b&gt;');
});

test('a token that does not hold shows nothing, and why not', async () => {
  const figures = figuresOverHttp(gateway.origin, 'adj_not_a_token');
  await expect(figures.overview()).rejects.toThrow(/401 of overview.*not known here/);
});

test('a figure that does not exist is told as the API tells it', async () => {
  const figures = figuresOverHttp(gateway.origin, token);
  await expect(figures.metric({ metricId: 'nothing' })).rejects.toThrow(/404 of metrics/);
});
