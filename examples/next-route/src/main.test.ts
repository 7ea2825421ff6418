import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAdjutant } from '@adjutant/core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { close } from '../next-app/app/adjutant/gateway.ts';
import * as route from '../next-app/app/adjutant/[[...path]]/route.ts';

const origin = 'http://localhost:3000';
const shop = { key: 'shop', name: 'The shop' };
let folder: string;
let token: string;

/** As Next's own requests are: a class that extends the web's. */
class HandedRequest extends Request {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-next-route-'));
  const store = join(folder, 'adjutant.db');
  vi.stubEnv('ADJUTANT_STORE', store);
  vi.stubEnv('ADJUTANT_ORIGIN', origin);
  const adjutant = await createAdjutant({ store });
  const tokens = adjutant.accessTokens(await adjutant.owner());
  ({ token } = await tokens.create({ name: 'test', scopes: ['read', 'write'] }));
  await adjutant.close();
});

afterAll(async () => {
  await close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

interface Sent {
  method?: keyof typeof verbs;
  body?: unknown;
  headers?: Record<string, string>;
}
const verbs = {
  GET: route.GET,
  POST: route.POST,
  PUT: route.PUT,
  PATCH: route.PATCH,
  DELETE: route.DELETE,
};

async function ask(path: string, { method = 'GET', body, headers = {} }: Sent = {}) {
  const request = new HandedRequest(`${origin}${path}`, {
    method,
    headers: {
      host: 'localhost:3000',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await verbs[method](request);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const read: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, body: read, headers: response.headers };
}

it.each(['/adjutant', ''])('every verb comes through, body and all, at "%s"', async (mount) => {
  const path = `${mount}/v1/projects`;
  const made = await ask(path, { method: 'POST', body: shop });
  expect(made).toMatchObject({ status: 201, body: shop });
  expect(await ask(path)).toMatchObject({ status: 200, body: { items: [shop] } });
  const renamed = { method: 'PATCH', body: { name: 'Shop' } } as const;
  expect(await ask(`${path}/shop`, renamed)).toMatchObject({ body: { name: 'Shop' } });
  const whole = { method: 'PUT', body: { ...shop, name: 'Store' } } as const;
  expect(await ask(`${path}/shop`, whole)).toMatchObject({ body: { name: 'Store' } });
  expect(await ask(`${path}/shop`, { method: 'DELETE' })).toMatchObject({ status: 204 });
  expect(await ask(path)).toMatchObject({ body: { items: [] } });
});

it('what stands behind the question mark comes through too', async () => {
  const { status, body } = await ask('/adjutant/v1/metrics/throughput?days=0');
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain('query.days');
});

it('the root is the page, and its files are there', async () => {
  const strange = { authorization: '', accept: 'text/html' };
  const page = await ask('/adjutant/sign-in', { headers: strange });
  expect(page.status).toBe(200);
  const paths = [...String(page.body).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  expect(paths.length).toBeGreaterThan(0);
  for (const [, path] of paths) {
    expect(await ask(`/adjutant${path}`, { headers: strange })).toMatchObject({ status: 200 });
  }
  const start = await ask('/adjutant', { headers: strange });
  expect([401, 303, 302]).toContain(start.status);
});

it.each([
  ['nobody', { authorization: '' }, 401],
  ['a host name that a foreign page pointed here', { host: 'evil.example' }, 403],
])('%s is refused', async (_name, headers, status) => {
  expect(await ask('/adjutant/v1/projects', { headers })).toMatchObject({ status });
});

it('a store that cannot be opened is tried again by the next request', async () => {
  await close();
  vi.stubEnv('ADJUTANT_STORE', join(folder, 'adjutant.db', 'no-folder.db'));
  await expect(ask('/adjutant/v1/projects')).rejects.toThrow();
  vi.stubEnv('ADJUTANT_STORE', join(folder, 'adjutant.db'));
  expect(await ask('/adjutant/v1/projects')).toMatchObject({ status: 200 });
});

it('loading the route, as a build does, opens nothing', () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const file = join(import.meta.dirname, '../next-app/app/adjutant/[[...path]]/route.ts');
  const load = `await import(${JSON.stringify(pathToFileURL(file).href)})`;
  const parameters = ['--conditions=@adjutant/source', '--input-type=module', '--eval', load];
  execFileSync(process.execPath, parameters, { cwd: empty });
  expect(readdirSync(empty)).toEqual([]);
});
