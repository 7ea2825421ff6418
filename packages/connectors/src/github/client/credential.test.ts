import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type ConnectorContext, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type GithubConfig, githubConfigSchema } from '../config.ts';
import { githubVendor } from '../github-vendor.ts';
import { discoverScopes } from '../discovery/discover.ts';
import { readApiAddress } from './api-address.ts';
import { createClient } from './client.ts';
import { guardFetch } from '../../http/guarded-fetch.ts';

const token = 'ghp_canary0123456789canary0123456789';
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))),
  );
});

interface Listening {
  url: string;
  /** Everything that came in, as text. */
  seen: string[];
}

/** A server that notes all it is sent; whatever it is, no credential may be in it. */
async function listen(
  answer: (message: IncomingMessage) => {
    status: number;
    headers?: Record<string, string>;
    body?: string;
  },
): Promise<Listening> {
  const seen: string[] = [];
  const server = createServer((message, response) => {
    seen.push(`${message.method} ${message.url} ${JSON.stringify(message.headers)}`);
    const { status, headers = {}, body = '{}' } = answer(message);
    response.writeHead(status, {
      'content-type': 'application/json',
      connection: 'close',
      ...headers,
    });
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

function contextOf(
  config: Parameters<typeof githubConfigSchema.parse>[0],
): ConnectorContext<GithubConfig> {
  return {
    config: githubConfigSchema.parse(config),
    clock: createFakeClock(),
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
}

const ask = (client: ReturnType<typeof createClient>) =>
  client.graphql({ name: 'Viewer', text: 'query Viewer { viewer { login } }', variables: {} });

describe('a credential', () => {
  it('goes to the host that it was entered for, in the header alone', async () => {
    const github = await listen(() => ({
      status: 200,
      body: '{"data":{"viewer":{"login":"ada"}}}',
    }));
    const client = createClient(contextOf({ repositories: ['a/b'], baseUrl: github.url, token }));
    await ask(client);
    expect(github.seen).toHaveLength(1);
    expect(github.seen[0]).toContain(`"authorization":"Bearer ${token}"`);
    expect(github.seen[0]?.split(' ')[1]).not.toContain(token);
  });

  it('is refused, and nothing is sent, where the base URL was changed after it was entered', async () => {
    const witness = await listen(() => ({ status: 200 }));
    const context = contextOf({
      repositories: ['a/b'],
      baseUrl: witness.url,
      token,
      tokenHost: 'api.github.com',
    });
    await expect(discoverScopes(context).next()).rejects.toMatchObject({ code: 'Configuration' });
    expect(witness.seen).toEqual([]);
  });

  it('tells a host program for which host a token is wanted', async () => {
    const github = await listen(() => ({
      status: 200,
      body: '{"data":{"viewer":{"login":"ada"}}}',
    }));
    const hosts: string[] = [];
    const client = createClient(
      contextOf({
        repositories: ['a/b'],
        baseUrl: github.url,
        token: (host: string) => {
          hosts.push(host);
          return token;
        },
      }),
    );
    await ask(client);
    expect(hosts).toEqual([new URL(github.url).host]);
  });

  it.each([301, 302, 307, 308])('does not follow a redirect %i to another host', async (status) => {
    const witness = await listen(() => ({ status: 200 }));
    const github = await listen(() => ({
      status,
      headers: { location: `${witness.url}/graphql` },
    }));
    const client = createClient(contextOf({ repositories: ['a/b'], baseUrl: github.url, token }));
    await expect(ask(client)).rejects.toMatchObject({
      code: 'Configuration',
      message: expect.not.stringContaining(token),
    });
    expect(witness.seen).toEqual([]);
  });

  it('follows a redirect within the host, as a renamed repository gives', async () => {
    const github = await listen(({ url }) =>
      url?.startsWith('/repos/old') === true
        ? { status: 301, headers: { location: '/repositories/1/x' } }
        : { status: 200, body: '{"ok":true}' },
    );
    const client = createClient(contextOf({ repositories: ['a/b'], baseUrl: github.url, token }));
    const answer = await client.get('/repos/old/x', {});
    expect(answer.data).toEqual({ ok: true });
    expect(github.seen).toHaveLength(2);
    expect(github.seen[1]).toContain(token);
  });

  it('ends where redirects lead in a circle', async () => {
    const github = await listen(() => ({ status: 302, headers: { location: '/again' } }));
    const client = createClient(contextOf({ repositories: ['a/b'], baseUrl: github.url, token }));
    await expect(client.get('/again', {})).rejects.toMatchObject({ code: 'Upstream' });
    expect(github.seen.length).toBeLessThan(10);
  });

  it('is not sent along to a signed link', async () => {
    const witness = await listen(() => ({ status: 200, body: 'rows' }));
    const address = readApiAddress(witness.url);
    const guarded = guardFetch(fetch, address, { vendor: githubVendor });
    const link = `${witness.url}/report?signature=abc`;
    const response = await guarded.fetchSignedLink(link, new AbortController().signal);
    expect(await response.text()).toBe('rows');
    expect(witness.seen[0]).not.toContain('authorization');
  });

  it('has no part in a signed link that leads on, or that is not https', async () => {
    const witness = await listen(() => ({ status: 200 }));
    const storage = await listen(() => ({
      status: 302,
      headers: { location: `${witness.url}/elsewhere` },
    }));
    const ended = new AbortController().signal;
    const leadsOn = guardFetch(fetch, readApiAddress(storage.url), { vendor: githubVendor });
    await expect(leadsOn.fetchSignedLink(`${storage.url}/report`, ended)).rejects.toThrow();
    const elsewhere = guardFetch(fetch, readApiAddress('https://api.github.com'), {
      vendor: githubVendor,
    });
    await expect(elsewhere.fetchSignedLink(`${witness.url}/report`, ended)).rejects.toMatchObject({
      code: 'Configuration',
    });
    expect(storage.seen).toHaveLength(1);
    expect(witness.seen).toEqual([]);
  });

  it('stands in no error, whatever GitHub answers', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      const github = await listen(({ headers }) => ({
        status,
        // A server that echoes what it got must not make us repeat it either.
        headers: { 'x-accepted-github-permissions': `${headers.authorization}` },
        body: JSON.stringify({ message: `no: ${headers.authorization}` }),
      }));
      const client = createClient(contextOf({ repositories: ['a/b'], baseUrl: github.url, token }));
      const error: unknown = await ask(client).catch((caught: unknown) => caught);
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(token);
      expect(String((error as Error).stack)).not.toContain(token);
      expect((error as Error).cause).toBeUndefined();
    }
  });
});

describe('the key of an app', () => {
  const appWith = (privateKey: string) => ({
    repositories: ['a/b'],
    app: { appId: 1, installationId: 1, privateKey },
  });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

  it.each([
    ['cut off', key.slice(0, 400)],
    ['without its first and last line', key.split('\n').slice(1, -2).join('\n')],
    ['a token', token],
  ])('is refused at once where it is %s', async (_, damaged) => {
    const github = await listen(() => ({ status: 200 }));
    const client = createClient(contextOf({ ...appWith(damaged), baseUrl: github.url }));
    const error: unknown = await ask(client).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'Configuration',
      message: expect.stringContaining('private key'),
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(damaged);
    expect(github.seen).toEqual([]);
  });

  it.each([
    ['as it came', key],
    ['on one line', key.replaceAll('\n', '\\n')],
  ])('signs %s', async (_, whole) => {
    const github = await listen(() => ({ status: 401 }));
    const client = createClient(contextOf({ ...appWith(whole), baseUrl: github.url }));
    await expect(ask(client)).rejects.toMatchObject({ code: 'Authentication' });
    expect(github.seen[0]).toContain('"authorization":"bearer ey');
  });
});

describe('the base URL', () => {
  it.each([
    ['http://github.example.com', 'https'],
    ['http://10.0.0.1/api/v3', 'https'],
    ['ftp://github.example.com', 'https'],
    ['https://user:secret@github.example.com/api/v3', 'user'],
    ['https://github.example.com/api/v3?x=1', 'query'],
    ['github.example.com', 'URL'],
  ])('%s is refused', (baseUrl, reason) => {
    expect(() => readApiAddress(baseUrl)).toThrow(
      expect.objectContaining({ code: 'Configuration', message: expect.stringContaining(reason) }),
    );
  });

  it.each([
    ['https://api.github.com', 'https://api.github.com/graphql'],
    ['https://github.example.com/api/v3/', 'https://github.example.com/api/graphql'],
    ['https://api.acme.ghe.com', 'https://api.acme.ghe.com/graphql'],
    ['http://127.0.0.1:1234', 'http://127.0.0.1:1234/graphql'],
    ['http://[::1]:1234/api/v3', 'http://[::1]:1234/api/graphql'],
  ])('%s has its GraphQL at %s', (baseUrl, graphqlUrl) => {
    expect(readApiAddress(baseUrl).graphqlUrl).toBe(graphqlUrl);
  });
});
