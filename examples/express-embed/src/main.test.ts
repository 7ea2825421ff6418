import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAdjutant } from '@adjutant/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
let folder: string;
let program: ChildProcess;
let hostUrl = '';
let adjutantUrl = '';
let personId: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-express-embed-'));
  const store = join(folder, 'adjutant.db');
  const adjutant = await createAdjutant({ store });
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new Error('the owner is a person');
  ({ personId } = owner);
  await adjutant.close();
  const people = `ada=her-long-password=${personId},ben=his-long-password=nobody-here`;
  program = spawn(process.execPath, ['--conditions=@adjutant/source', main], {
    env: { ...process.env, HOST_STORE: store, HOST_PEOPLE: people, PORT: '0', ADJUTANT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (program.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface(program.stdout)) {
    [, hostUrl = '', adjutantUrl = ''] = /^Host at (\S+), Adjutant at (\S+)$/.exec(line) ?? [];
    break;
  }
});

afterAll(async () => {
  program.kill('SIGTERM');
  await once(program, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(name: string, password: string): Promise<{ status: number; cookie: string }> {
  const response = await fetch(`${hostUrl}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ name, password }),
    redirect: 'manual',
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { status: response.status, cookie };
}

const project = { key: 'shop', name: 'The shop' };
function createProject(cookie: string, origin: string): Promise<Response> {
  return fetch(`${adjutantUrl}/v1/projects`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body: JSON.stringify(project),
  });
}

describe('somebody who signed in at the host', () => {
  let cookie: string;
  beforeAll(async () => {
    ({ cookie } = await signIn('ada', 'her-long-password'));
  });

  it('has Adjutant’s pages, without another sign-in, by the name that the host knows', async () => {
    const home = await fetch(hostUrl, { headers: { cookie } });
    expect(await home.text()).toContain(`href="${adjutantUrl}/"`);
    const page = await fetch(adjutantUrl, { headers: { cookie } });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('<span class="who">ada</span>');
    // What the page loads is there too: it stands at the root of its own origin.
    const paths = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      expect((await fetch(`${adjutantUrl}${path}`, { headers: { cookie } })).status).toBe(200);
    }
  });

  it('has the API, and changes what they may', async () => {
    const created = await createProject(cookie, adjutantUrl);
    expect([created.status, await created.json()]).toMatchObject([201, project]);
    const listed = await fetch(`${adjutantUrl}/v1/projects`, { headers: { cookie } });
    expect(await listed.json()).toMatchObject({ items: [project] });
  });

  it('is not spoken for by a page of the host, or of anybody else', async () => {
    for (const origin of [hostUrl, 'https://evil.example']) {
      expect((await createProject(cookie, origin)).status).toBe(403);
    }
  });
});

describe('nobody', () => {
  it('is let in without the session of the host', async () => {
    expect((await signIn('ada', 'a-guess')).status).toBe(401);
    expect((await signIn('', '')).status).toBe(401);
    for (const cookie of ['', 'host_session=', 'host_session=a-guess']) {
      expect((await fetch(`${adjutantUrl}/v1/overview`, { headers: { cookie } })).status).toBe(401);
      expect((await createProject(cookie, adjutantUrl)).status).toBe(401);
    }
  });

  it('stands behind a session of somebody whom Adjutant does not know', async () => {
    const { status, cookie } = await signIn('ben', 'his-long-password');
    expect(status).toBe(303);
    expect((await fetch(`${adjutantUrl}/v1/overview`, { headers: { cookie } })).status).toBe(401);
  });
});

it('the host’s own address shows the host’s own pages and nothing of Adjutant', async () => {
  const { cookie } = await signIn('ada', 'her-long-password');
  expect((await fetch(`${hostUrl}/v1/overview`, { headers: { cookie } })).status).toBe(404);
  expect(await (await fetch(hostUrl)).text()).toContain('action="/sign-in"');
});
