import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { canonicalDump, createFakeClock, testConnector } from '@adjutant/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { makeWorld } from './__fixtures__/make-world.ts';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { refusedDocuments } from './__fixtures__/refused-documents.ts';
import { github } from './connector.ts';
import { startGithubTwin } from './testing/start-github-twin.ts';

const to = Date.UTC(2026, 9, 1);
const clock = createFakeClock(to + 86_400_000);
const world = makeWorld({ pullRequests: 120, overflowShare: 0.05, to });
const copilotDays = ['2026-09-29', '2026-09-30', '2026-10-01'];
const owner = world.repository.owner;
world.data.addCopilot(owner, 9);
for (const day of copilotDays) {
  const uses = world.people.map((actor, at) => ({ actor, interactions: at, linesAdded: 10 * at }));
  world.data.setCopilotDay(owner, day, uses);
}
const twin = await startGithubTwin({ data: world.data, clock });
const folder = await mkdtemp(join(tmpdir(), 'github-conformance-'));
let stores = 0;

const config = {
  repositories: ['acme/large'],
  organization: 'acme',
  workflows: { '*': ['deploy.yml'] },
  copilotUsage: true,
  baseUrl: twin.url,
  token: twin.token,
};

afterAll(async () => {
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

describe('conformance', () => {
  const cases = testConnector({
    create: () => github(config),
    createStoreUrl: () => `file:${join(folder, `${(stores += 1)}.db`)}`,
    clock,
    minimumRecords: 200,
  });
  for (const { name, run } of cases) it(name, run, 60_000);
});

describe('days of Copilot', () => {
  it('stand in the store and leave it with an export, once each', async () => {
    const store = join(folder, 'copilot.db');
    const adjutant = await createAdjutant({ store, connectors: [github(config)], clock });
    await adjutant.sync();
    await adjutant.sync({ mode: 'backfill' });
    const exported: string[] = [];
    for await (const line of adjutant.exportWorkspace()) exported.push(line);
    await adjutant.close();
    const dumped = (await canonicalDump(store)).split('\n');
    const wanted = copilotDays.length * world.people.length;
    expect(dumped.filter((line) => line.startsWith('ai_usage_days '))).toHaveLength(wanted);
    expect(exported.filter((line) => line.startsWith('["ai_usage_days"'))).toHaveLength(wanted);
  }, 60_000);
});

describe('an installation of a GitHub App', () => {
  it('reads with tokens that it is given for an hour', async () => {
    const { token: _, ...rest } = config;
    // It signs with the machine's own time.
    const now = createFakeClock(Date.now());
    const own = await startGithubTwin({ data: world.data, clock: now });
    const { id: appId, installationId, privateKey } = own.app;
    const app = { appId, installationId, privateKey };
    const store = createMemoryStore({ ...rest, baseUrl: own.url, app }, now);
    const pass = await store.pass();
    await own.close();
    expect(pass.errors).toEqual([]);
    expect(pass.given['pull_requests']).toBe(120);
    expect(
      own.requests.filter(({ method, isGraphql }) => method === 'POST' && !isGraphql),
    ).toHaveLength(1);
  });
});

describe('what is asked', () => {
  it('is valid against the published schema, document by document', async () => {
    await createMemoryStore({ ...config, deploymentSources: ['tags'] }, clock).pass();
    await createMemoryStore({ ...config, repositories: [], select: ['lar*'] }, clock).pass();
    await createMemoryStore({ ...config, since: '2026-08-01' }, clock).pass();
    const documents = new Set(twin.requests.flatMap(({ document }) => document ?? []));
    const names = new Set(twin.requests.flatMap(({ operationName }) => operationName ?? []));
    expect([...names]).toEqual(
      expect.arrayContaining([
        'Probe',
        'Commits',
        'PullRequests',
        'PullRequestOverflow',
        'Issues',
        'Releases',
        'Deployments',
        'Members',
        'Teams',
        'Tags',
        'OrganizationRepositories',
      ]),
    );
    expect(refusedDocuments(documents)).toEqual([]);
    expect(twin.requests.filter(({ notImitated }) => notImitated !== null)).toEqual([]);
  });
});
