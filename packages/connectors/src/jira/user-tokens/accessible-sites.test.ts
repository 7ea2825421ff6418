import { createServer } from 'node:http';
import { AdjutantError } from '@adjutant/core';
import { expect, it, onTestFinished } from 'vitest';
import { jira } from '../connector.ts';
import { accessibleSites } from './accessible-sites.ts';

const token = 'acc-secret-of-a-person';
const jiraSite = {
  id: '1324a887-45db-1bf4-1e99-ef0ff456d421',
  name: 'Acme',
  url: 'https://acme.atlassian.net',
  scopes: ['write:jira-work', 'read:jira-user'],
  avatarUrl: 'https://site-admin-avatar-cdn.example.com/1.png',
};

async function start(answer: { status: number; text: string; headers?: Record<string, string> }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status, answer.headers).end(answer.text);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { apiUrl: `http://127.0.0.1:${port}`, asked };
}

const listed = (sites: readonly unknown[]) => ({ status: 200, text: JSON.stringify(sites) });

async function failure(work: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!AdjutantError.isInstance(error)) throw new Error('It was not refused.');
  return { code: error.code, text: `${error.message} ${error.hint} ${JSON.stringify(error)}` };
}

it('gives the sites with what the connector takes, and asks with the token alone', async () => {
  const { apiUrl, asked } = await start(listed([jiraSite]));
  const hosts: string[] = [];
  const [site, ...others] = await accessibleSites({
    apiUrl,
    token: (host) => {
      hosts.push(host);
      return token;
    },
  });
  const { id, name, url, scopes } = jiraSite;
  expect(site).toEqual({ id, name, url, scopes, site: `${apiUrl}/ex/jira/${id}` });
  expect(others).toEqual([]);
  expect(hosts).toEqual([new URL(apiUrl).host]);
  expect(asked).toEqual([`GET /oauth/token/accessible-resources Bearer ${token}`]);
  expect(jira({ site: site?.site ?? '', projects: ['PAY'] }).definition.id).toBe('jira');
});

it('is at the API of Atlassian', async () => {
  const asked: string[] = [];
  const [site] = await accessibleSites({
    token,
    fetch: async (input) => {
      asked.push(new Request(input).url);
      return Response.json([jiraSite]);
    },
  });
  expect(asked).toEqual(['https://api.atlassian.com/oauth/token/accessible-resources']);
  expect(site?.site).toBe(`https://api.atlassian.com/ex/jira/${jiraSite.id}`);
});

it('leaves out what is no site with Jira, and bounds what names hold', async () => {
  const { apiUrl } = await start(
    listed([
      { ...jiraSite, scopes: ['read:confluence-content.all'] },
      { ...jiraSite, id: '../../admin' },
      { ...jiraSite, url: 'javascript:alert(1)' },
      null,
      {
        ...jiraSite,
        id: 'two',
        name: `\u001b[31m${'x'.repeat(1_000)}`,
        scopes: ['read:issue:jira'],
      },
      { ...jiraSite, id: 'three', name: null },
    ]),
  );
  const sites = await accessibleSites({ apiUrl, token });
  expect(sites.map(({ id }) => id)).toEqual(['two', 'three']);
  expect(sites[0]?.name).toHaveLength(200);
  expect(sites[0]?.name).not.toContain('\u001b');
  expect(sites[1]?.name).toBe('');
});

it.each([
  [401, '{"code":401,"message":"Unauthorized"}', 'Authentication'],
  [403, `{"message":"${token}"}`, 'Permission'],
  [302, '', 'Upstream'],
  [503, token, 'Upstream'],
  [200, '<html>', 'Upstream'],
  [200, '{"values":[]}', 'Upstream'],
])('fails for %i %s without quoting anything', async (status, text, code) => {
  const headers = status === 302 ? { location: '/elsewhere' } : {};
  const { apiUrl, asked } = await start({ status, text, headers });
  const failed = await failure(accessibleSites({ apiUrl, token }));
  expect(failed.code).toBe(code);
  expect(failed.text).not.toContain(token);
  expect(asked).toHaveLength(1);
});

it('sends no token with a line break, and none over http to another machine', async () => {
  const { apiUrl, asked } = await start(listed([]));
  for (const options of [
    { apiUrl, token: `${token}\r\nx: y` },
    { apiUrl: 'http://api.example.com', token },
  ]) {
    expect((await failure(accessibleSites(options))).code).toBe('Configuration');
  }
  expect(asked).toEqual([]);
});
