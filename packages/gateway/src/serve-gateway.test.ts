import { afterEach, beforeEach, expect, test } from 'vitest';
import { Agent, type IncomingMessage, request } from 'node:http';
import { findLocalPage } from './find-page.ts';
import { pageLink } from './page-link.ts';
import { type ServedGateway, serveGateway, type ServeGatewayOptions } from './serve-gateway.ts';
import { openPageWorld, type PageWorld } from './testing/page-world.ts';

let world: PageWorld;
let options: ServeGatewayOptions;
const open: ServedGateway[] = [];
beforeEach(async () => {
  world = await openPageWorld();
  options = { clock: world.clock, port: 0 };
});
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  await world.close();
});

async function serve(port = 0): Promise<ServedGateway> {
  const page = await serveGateway(world.adjutant, { ...options, port });
  open.push(page);
  return page;
}

function statusOf(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/sign-in', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

test('the page answers at its own name on loopback, and to no other name', async () => {
  const page = await serve();
  const port = Number(new URL(page.origin).port);
  expect(page.origin).toBe(`http://localhost:${port}`);
  expect(await statusOf(port, `localhost:${port}`)).toBe(200);
  expect(await statusOf(port, `evil.example:${port}`)).toBe(403);
  expect(await statusOf(port, `127.0.0.1:${port}`)).toBe(403);
});

test('a link carries its token where no server sees it', async () => {
  const page = await serve();
  const { token } = await world.adjutant.approvers().createLoginLink(world.owner);
  const link = new URL(page.linkFor(token));
  expect(link.pathname + link.search).toBe('/sign-in');
  expect(link.hash).toBe(`#${token}`);
});

test('a port that is taken is an error that says what to do', async () => {
  const page = await serve();
  await expect(serve(Number(new URL(page.origin).port))).rejects.toMatchObject({
    code: 'Configuration',
  });
});

test('a command finds the page of its own installation, and no other', async () => {
  options = { ...options, installation: 'a'.repeat(64) };
  const page = await serve();
  const port = Number(new URL(page.origin).port);
  expect(await findLocalPage({ installation: 'a'.repeat(64), port })).toEqual({
    origin: page.origin,
  });
  expect(await findLocalPage({ installation: 'b'.repeat(64), port })).toBeNull();
  await page.close();
  expect(await findLocalPage({ installation: 'a'.repeat(64), port })).toBeNull();
});

test('what is under way when it ends is answered, and ends its kept connection', async () => {
  let arrived = (): void => undefined;
  let release = (): void => undefined;
  const isThere = new Promise<void>((resolve) => (arrived = resolve));
  const mayGo = new Promise<void>((resolve) => (release = resolve));
  options.authenticate = async () => {
    arrived();
    await mayGo;
    return null;
  };
  const page = await serve();
  const agent = new Agent({ keepAlive: true });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request(`${page.origin}/v1/projects`, { agent }, resolve).on('error', reject).end();
  });
  await isThere;
  const closed = page.close({ drainMs: 10_000 });
  release();
  const { statusCode, headers } = await answer.then((response) => response.resume());
  expect([statusCode, headers.connection]).toEqual([401, 'close']);
  await closed;
  agent.destroy();
});

test('a link can lead to one action', () => {
  expect(pageLink('http://localhost:4747', 'token', '01a')).toBe(
    'http://localhost:4747/sign-in?action=01a#token',
  );
});
