import { afterEach, beforeEach, expect, test } from 'vitest';
import { request } from 'node:http';
import { serveLocal, type LocalPage, type ServeLocalOptions } from './serve-local.ts';
import { openPageWorld, type PageWorld } from './testing/page-world.ts';

let world: PageWorld;
let options: ServeLocalOptions;
const open: LocalPage[] = [];
beforeEach(async () => {
  world = await openPageWorld();
  options = {
    approvers: world.adjutant.approvers(),
    actionsFor: (viewer) => world.adjutant.workspace().as(viewer).actions,
    clock: world.clock,
    port: 0,
  };
});
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  await world.close();
});

async function serve(port = 0): Promise<LocalPage> {
  const page = await serveLocal({ ...options, port });
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
  const { token } = await options.approvers.createLoginLink(world.owner);
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
