import { createServer } from 'node:http';
import { silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createGithubData } from '../testing/data/github-data.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';
import { listRepositories } from './list-repositories.ts';

const dayMs = 86_400_000;

async function startWith(count: number) {
  const clock = createFakeClock();
  const data = createGithubData();
  const acme = data.addOrganization('acme', 'Acme');
  for (let at = 0; at < count; at += 1) {
    data.addRepository(acme, {
      name: `service-${at}`,
      isPrivate: at % 2 === 0,
      pushedAt: clock.now() - at * dayMs,
    });
  }
  const twin = await startGithubTwin({ data, clock });
  onTestFinished(() => twin.close());
  const { signal } = new AbortController();
  const context = { clock, logger: silentLogger, fetch, signal };
  const list = async (token = twin.token) =>
    await listRepositories({ token, baseUrl: twin.url }, context);
  return { twin, data, acme, clock, context, list };
}

test('what was pushed to last comes first and what is archived last; nothing else is asked', async () => {
  const { twin, data, acme, clock, list } = await startWith(3);
  data.addRepository(acme, { name: 'old', isArchived: true, pushedAt: clock.now() + dayMs });
  data.setAccess(data.addRepository(acme, { name: 'hidden' }), false);
  const { repositories, isWhole } = await list();
  expect(repositories.map(({ fullName, isArchived }) => [fullName, isArchived])).toEqual([
    ['acme/service-0', false],
    ['acme/service-1', false],
    ['acme/service-2', false],
    ['acme/old', true],
  ]);
  expect(repositories[1]).toEqual({
    fullName: 'acme/service-1',
    isPrivate: false,
    isArchived: false,
    pushedAt: clock.now() - dayMs,
  });
  expect(isWhole).toBe(true);
  expect(twin.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /user/repos']);
});

test('some hundreds are listed, and that there are more is said', async () => {
  const { twin, list } = await startWith(520);
  const { repositories, isWhole } = await list();
  expect(repositories).toHaveLength(500);
  expect(repositories[0]?.fullName).toBe('acme/service-0');
  expect(isWhole).toBe(false);
  expect(twin.requests).toHaveLength(5);
});

test('a list that ends with a full page is whole', async () => {
  const { list } = await startWith(200);
  const { repositories, isWhole } = await list();
  expect([repositories.length, isWhole]).toEqual([200, true]);
});

test('a token that is refused is an error at once', async () => {
  const { twin, clock, list } = await startWith(1);
  await expect(list('ghp_refused')).rejects.toMatchObject({ code: 'Authentication' });
  expect([twin.requests.length, clock.sleeps]).toEqual([1, []]);
});

test('a token that was entered for another host is not sent', async () => {
  const { twin, context } = await startWith(1);
  const config = { token: twin.token, baseUrl: twin.url, tokenHost: 'api.github.com' };
  await expect(listRepositories(config, context)).rejects.toMatchObject({ code: 'Configuration' });
  expect(twin.requests).toEqual([]);
});

test('a failure that passes is waited out, a long one is not', async () => {
  const { twin, clock, list } = await startWith(1);
  twin.faults.badGateway = { count: 1 };
  expect((await list()).repositories).toHaveLength(1);
  twin.faults.badGateway = { count: 100 };
  await expect(list()).rejects.toMatchObject({ code: 'Upstream', retryable: true });
  expect(clock.sleeps.reduce((sum, one) => sum + one, 0)).toBeLessThan(10_000);
});

test('a limit for which one would wait an hour is told instead', async () => {
  const { twin, clock, list } = await startWith(1);
  twin.faults.retryAfterSeconds = 3_000;
  twin.faults.tooManyRequests = { count: 1 };
  await expect(list()).rejects.toMatchObject({ code: 'Upstream' });
  expect(clock.sleeps).toEqual([]);
});

test('whoever stops it gets no answer and no error of ours', async () => {
  const { twin, context } = await startWith(1);
  const reason = new Error('interrupted');
  const signal = AbortSignal.abort(reason);
  const asked = listRepositories({ token: twin.token, baseUrl: twin.url }, { ...context, signal });
  await expect(asked).rejects.toBe(reason);
  expect(twin.requests).toEqual([]);
});

test('what is no repository is left out, and a token follows no link to another host', async () => {
  const { context } = await startWith(0);
  const answers = [
    { status: 200, headers: {}, body: '[null, {"full_name":"a/b\\nc"}, {"full_name":"acme/api"}]' },
    { status: 200, headers: {}, body: '{"full_name":"acme/api"}' },
    { status: 302, headers: { location: 'http://127.0.0.1:1/user/repos' }, body: '' },
  ];
  const server = createServer((_, response) => {
    const { status, headers, body } = answers.shift() ?? { status: 500, headers: {}, body: '' };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  const config = { token: 'ghp_x', baseUrl: `http://127.0.0.1:${address.port}` };
  const { repositories } = await listRepositories(config, context);
  expect(repositories).toEqual([
    { fullName: 'acme/api', isPrivate: null, isArchived: false, pushedAt: null },
  ]);
  expect((await listRepositories(config, context)).repositories).toEqual([]);
  await expect(listRepositories(config, context)).rejects.toMatchObject({ code: 'Configuration' });
});
