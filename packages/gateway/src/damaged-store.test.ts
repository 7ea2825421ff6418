import {
  copyFileSync,
  mkdtempSync,
  openSync,
  closeSync,
  rmSync,
  truncateSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adjutant, AdjutantError, createAdjutant } from '@adjutant/core';
import { createRowsConnector } from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGateway } from './create-gateway.ts';
import { apiRows } from './testing/api-rows.ts';
import { apiNow, apiOrigin, openApiWorld } from './testing/api-world.ts';
import { createSteppedClock } from './testing/stepped-clock.ts';

// A store whose file was damaged in one place after another, opened and used through every surface: what
// fails says that the store is damaged, or that it cannot be used, and what to do; nothing of SQL, and the
// process goes on.

const pageBytes = 4_096;
const raw = /sqlite|select |insert into|disk image|malformed|drizzle|failed query/i;

let folder: string;
let whole: string;
let token: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-damaged-'));
  whole = join(folder, 'whole.db');
  const world = await openApiWorld(join(folder, 'live.db'));
  await world.propose();
  const viewer = world.admin().viewer;
  const scopes = ['read', 'propose', 'report', 'write', 'mcp'] as const;
  token = (await world.adjutant.accessTokens(viewer).create({ name: 't', scopes: [...scopes] }))
    .token;
  // In one file, without a log beside it.
  await world.adjutant.data(viewer).backup(whole);
  await world.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Damage = (path: string) => void;

function overwrite(at: number, bytes: number): Damage {
  return (path) => {
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, at);
    closeSync(file);
  };
}

function damages(): [string, Damage][] {
  const pages = Math.floor(statSync(whole).size / pageBytes);
  const some = Array.from({ length: 16 }, (_, place) => 1 + Math.floor((place * pages) / 16));
  return [
    ['no header', overwrite(0, 100)],
    ['a damaged first page', overwrite(200, pageBytes - 200)],
    ['cut to nothing but its head', (path) => truncateSync(path, 50)],
    ['cut to one page', (path) => truncateSync(path, pageBytes)],
    ['cut in half', (path) => truncateSync(path, Math.floor(pages / 2) * pageBytes)],
    ['cut within a page', (path) => truncateSync(path, pages * pageBytes - 1_000)],
    ['everything after the schema damaged', overwrite(20 * pageBytes, (pages - 20) * pageBytes)],
    ...some.map((page): [string, Damage] => [
      `page ${page} damaged`,
      overwrite(page * pageBytes, pageBytes),
    ]),
  ];
}

interface Surface {
  name: string;
  ask: (this: void, adjutant: Adjutant) => Promise<unknown>;
}

async function overHttp(adjutant: Adjutant, path: string, init: RequestInit = {}): Promise<void> {
  const gateway = createGateway(adjutant, {
    origin: apiOrigin,
    clock: createSteppedClock(apiNow),
    mcp: { version: '1.2.3', metrics: allMetrics },
  });
  const headers = {
    host: 'localhost:4747',
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
  };
  const response = await gateway.fetch(new Request(`${apiOrigin}${path}`, { headers, ...init }));
  const text = await response.text();
  if (raw.test(text)) throw new Error(`${response.status} told ${text.slice(0, 200)}`);
  const isWordless =
    response.status >= 500 && !/damaged|cannot be|busy|does not answer|"ok":false/i.test(text);
  if (isWordless) throw new Error(`${response.status} without words: ${text.slice(0, 300)}`);
}

const mcpCall = (name: string, given: object): RequestInit => ({
  method: 'POST',
  body: JSON.stringify({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name, arguments: given },
  }),
});

const surfaces: readonly Surface[] = [
  {
    name: 'reads',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .listWork(),
  },
  {
    name: 'figures',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .overview(),
  },
  {
    name: 'people',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .findPeople(),
  },
  {
    name: 'actions',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .actions.list(),
  },
  {
    name: 'findings',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .signals.list(),
  },
  {
    name: 'a write',
    ask: async (a) => a.accessTokens(await a.owner()).create({ name: 'w', scopes: ['read'] }),
  },
  {
    name: 'verify',
    ask: async (a) =>
      a
        .workspace()
        .as(await a.owner())
        .audit.verify(),
  },
  { name: 'a sync', ask: (a) => a.sync() },
  {
    name: 'a backup',
    ask: async (a) => a.data(await a.owner()).backup(join(folder, `${Math.random()}.db`)),
  },
  { name: 'figures of operation', ask: (a) => a.operatingFigures() },
  {
    name: 'an export',
    async ask(a) {
      for await (const _ of a.exportWorkspace());
    },
  },
  { name: 'renormalise', ask: (a) => a.renormalise() },
  { name: 'health', ask: (a) => a.health() },
  { name: 'probe', ask: (a) => a.probeStore() },
  { name: 'sign-in', ask: (a) => a.approvers().beginSignIn() },
  { name: 'a link', ask: (a) => a.approvers().openSession('x') },
  {
    name: 'a webhook',
    ask: (a) => a.webhooks().receive('forge', { headers: {}, body: new Uint8Array() }),
  },
  { name: '/health', ask: (a) => overHttp(a, '/health') },
  { name: 'a page', ask: (a) => overHttp(a, '/') },
  { name: '/v1/projects', ask: (a) => overHttp(a, '/v1/projects') },
  { name: '/api/work', ask: (a) => overHttp(a, '/v1/work') },
  { name: 'a tool', ask: (a) => overHttp(a, '/mcp', mcpCall('list_work', { limit: 1 })) },
  { name: 'another tool', ask: (a) => overHttp(a, '/mcp', mcpCall('get_team_overview', {})) },
];

const open = (path: string): Promise<Adjutant> =>
  createAdjutant({
    store: path,
    clock: createSteppedClock(apiNow),
    metrics: allMetrics,
    signals: shippedRules,
    connectors: [
      createRowsConnector({ id: 'forge', records: () => ({ all: apiRows('pelican', apiNow) }) }),
    ],
  });

const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 220) : String(error);

const isOurs = (error: unknown): boolean =>
  AdjutantError.isInstance(error) &&
  error.code !== 'Internal' &&
  error.hint !== null &&
  !raw.test(error.message);

test('a damaged store says so on every surface', { timeout: 300_000 }, async () => {
  const faults: string[] = [];
  let corrupt = 0;
  for (const [place, [what, damage]] of damages().entries()) {
    const path = join(folder, `${place}.db`);
    copyFileSync(whole, path);
    damage(path);
    let adjutant: Adjutant;
    try {
      adjutant = await open(path);
    } catch (error) {
      if (!isOurs(error)) faults.push(`${what}: open: ${told(error)}`);
      else corrupt += 1;
      continue;
    }
    for (const { name, ask } of surfaces) {
      try {
        await ask(adjutant);
      } catch (error) {
        if (!isOurs(error)) faults.push(`${what}: ${name}: ${told(error)}`);
        else corrupt += 1;
      }
    }
    await adjutant.close().catch((error: unknown) => {
      if (!isOurs(error)) faults.push(`${what}: close: ${told(error)}`);
    });
  }
  expect(corrupt).toBeGreaterThan(20);
  expect(faults).toEqual([]);
});
