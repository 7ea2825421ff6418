import { createAdjutant } from '@adjutant/core';
import { createTestAuthenticator } from '@adjutant/core/testing';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { SignedInPerson } from './auth/principal.ts';
import { createGateway } from './create-gateway.ts';
import type { Gateway, GatewayOptions } from './gateway-options.ts';
import {
  browserOf,
  openPageWorld,
  type PageWorld,
  questionSchema,
  type TestBrowser,
  testOrigin,
} from './testing/page-world.ts';

const hourMs = 3_600_000;
let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
});
afterEach(() => world.close());

const gatewayWith = (options: Partial<GatewayOptions>): Gateway =>
  createGateway(world.adjutant, { origin: testOrigin, clock: world.clock, ...options });

describe('sign-in with a passkey alone', () => {
  async function signIn(browser: TestBrowser, device = world.device): Promise<Response> {
    const asked = await browser.post('/api/sign-in/challenge', {});
    const { challengeId, options } = questionSchema.parse(await asked.json());
    const response = device.assert(options);
    return browser.post('/api/sign-in/passkey', { challengeId, response });
  }

  test('opens a session without a link', async () => {
    await world.enrol(await world.signIn());
    const answer = await signIn(world.stranger());
    expect(answer.status).toBe(200);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    expect((await world.stranger().get('/', { cookie })).status).toBe(200);
    const open = await world.adjutant.approvers().listSessions(world.owner);
    expect(open.map(({ method }) => method).toSorted()).toEqual(['link', 'passkey']);
  });

  test('a passkey of nobody, or used at another port, opens nothing', async () => {
    await world.enrol(await world.signIn());
    const unknown = await signIn(world.stranger(), createTestAuthenticator({ origin: testOrigin }));
    expect(unknown.status).toBe(401);
    const elsewhere = createTestAuthenticator({ origin: 'http://localhost:3000' });
    expect((await signIn(world.stranger(), elsewhere)).status).toBe(403);
    for (const answer of [unknown]) expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('another site cannot begin or end one', async () => {
    for (const path of ['/api/sign-in/challenge', '/api/sign-in/passkey']) {
      const answer = await world.stranger().post(path, {}, { origin: 'https://evil.example' });
      expect(answer.status).toBe(403);
    }
  });

  test('the page offers it', async () => {
    const html = await (await world.stranger().get('/sign-in')).text();
    expect(html).toContain('<form data-do="sign-in-passkey">');
    const script = await (await world.stranger().get('/assets/page.js')).text();
    expect(script).toContain("'sign-in-passkey'");
  });
});

describe('a session', () => {
  test('is over after twelve hours', async () => {
    const browser = await world.signIn();
    world.clock.advance(12 * hourMs - 1);
    expect((await browser.get('/')).status).toBe(200);
    world.clock.advance(1);
    expect((await browser.get('/')).status).toBe(401);
  });

  test('ended elsewhere is over here', async () => {
    const browser = await world.signIn();
    const approvers = world.adjutant.approvers();
    const [session] = await approvers.listSessions(world.owner);
    await approvers.endSessionOf(world.owner, session?.id ?? '');
    expect((await browser.get('/')).status).toBe(401);
  });
});

const person: SignedInPerson = {
  kind: 'signed_in',
  viewer: { kind: 'person', personId: 'owner:default', role: 'admin' },
  name: 'Owner',
  proof: { kind: 'host_session', method: 'cookie' },
};

/** A gateway in a host that signs people in itself. */
const hosted = () =>
  gatewayWith({
    authenticate: (request) =>
      (request.headers.get('cookie') ?? '').includes('host=1') ? person : null,
  });

describe('people whom a host signs in', () => {
  const cookie = 'host=1';
  const body = { key: 'apollo', name: 'Apollo' };

  test('see and change what they may, from the gateway’s own pages', async () => {
    const browser = browserOf(hosted(), null);
    expect((await browser.get('/v1/projects', { cookie })).status).toBe(200);
    expect((await browser.post('/v1/projects', body, { cookie })).status).toBe(201);
    expect((await browser.get('/v1/projects')).status).toBe(401);
    expect((await browser.post('/v1/projects', body)).status).toBe(401);
  });

  test.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of another port', { origin: 'http://localhost:3000' }],
    ['in a sandboxed frame', { origin: 'null' }],
    ['that the browser says is another’s', { 'sec-fetch-site': 'cross-site' }],
  ])('are not made to change anything by a page %s', async (_, headers) => {
    const browser = browserOf(hosted(), null);
    const answer = await browser.post('/v1/projects', body, { cookie, ...headers });
    expect(answer.status).toBe(403);
    const { items } = (await (await browser.get('/v1/projects', { cookie })).json()) as {
      items: unknown[];
    };
    expect(items).toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['what a browser sends by itself', { authorization: 'Basic b3duZXI6eA==' }],
  ])('a change that names no page is refused with %s beside the cookie', async (_, headers) => {
    const answer = await hosted().fetch(
      new Request(`${testOrigin}/v1/projects`, {
        method: 'POST',
        headers: { host: 'localhost:4747', cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
    expect(answer.status).toBe(403);
  });
});

describe('how often', () => {
  test('somebody may ask, and when again; others are not kept waiting', async () => {
    const page = gatewayWith({ limits: { readsPerMinute: 3, writesPerMinute: 1 } });
    const tokens = world.adjutant.accessTokens(world.owner);
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) => tokens.create({ name, scopes: ['read', 'write'] })),
    );
    const ask = (token = '', method = 'GET', key = 'apollo') =>
      page.fetch(
        new Request(`${testOrigin}/v1/projects`, {
          method,
          headers: {
            host: 'localhost:4747',
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
          },
          ...(method === 'GET' ? {} : { body: JSON.stringify({ key, name: key }) }),
        }),
      );
    for (let times = 0; times < 3; times += 1) expect((await ask(one?.token)).status).toBe(200);
    const refused = await ask(one?.token);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
    expect(await refused.json()).toMatchObject({ error: { code: 'RateLimited' } });
    expect((await ask(one?.token, 'POST')).status).toBe(201);
    expect((await ask(one?.token, 'POST', 'gemini')).status).toBe(429);
    expect((await ask(two?.token)).status).toBe(200);
    world.clock.advance(20_000);
    expect((await ask(one?.token)).status).toBe(200);
    expect((await ask(one?.token)).status).toBe(429);
  });

  test('a stranger may begin, fail and show wrong tokens, each so often; what is right is let in', async () => {
    const page = gatewayWith({ limits: { signInsPerMinute: 2 } });
    const { cookie } = await world.signIn();
    const made = await world.adjutant
      .accessTokens(world.owner)
      .create({ name: 'ci', scopes: ['read'] });
    const stranger = browserOf(page, null);
    const wrong = { token: 'A'.repeat(43) };
    const bearer = { authorization: `Bearer adj_${'A'.repeat(43)}` };
    const bad: (() => Promise<Response>)[] = [
      () => stranger.post('/api/session', wrong),
      () => stranger.post('/api/sign-in/challenge', {}),
      () => stranger.get('/v1/projects', bearer),
    ];
    for (let count = 0; count < 200; count += 1) for (const one of bad) await one();
    for (const one of bad) {
      const refused = await one();
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    }
    expect((await stranger.post('/api/sign-in/passkey', {})).status).toBe(429);
    // Nobody who is right waits for those who were wrong.
    const { token } = await world.adjutant.approvers().createLoginLink(world.owner);
    expect((await stranger.post('/api/session', { token })).status).toBe(200);
    expect((await browserOf(page, cookie).get('/')).status).toBe(200);
    const good = { authorization: `Bearer ${made.token}` };
    expect((await stranger.get('/v1/projects', good)).status).toBe(200);
  });

  test('strangers whose addresses the host knows do not use up each other’s', async () => {
    const page = gatewayWith({
      limits: { signInsPerMinute: 1 },
      addressOf: (request) => request.headers.get('x-test-address'),
    });
    const stranger = browserOf(page, null);
    const tryFrom = async (address: string) =>
      (await stranger.post('/api/sign-in/challenge', {}, { 'x-test-address': address })).status;
    expect(await tryFrom('192.0.2.1')).toBe(200);
    expect(await tryFrom('192.0.2.1')).toBe(429);
    expect(await tryFrom('192.0.2.2')).toBe(200);
  });
});

describe('what browsers are told', () => {
  const told = (headers: Headers) =>
    ['content-security-policy', 'x-content-type-options', 'cache-control'].map((name) =>
      headers.get(name),
    );

  test('an answer to a program is no page, in no frame, and is kept nowhere', async () => {
    const browser = browserOf(hosted(), null);
    const { headers, status } = await browser.get('/v1/projects', { cookie: 'host=1' });
    expect(status).toBe(200);
    const policy = "default-src 'none'; frame-ancestors 'none'";
    expect(told(headers)).toEqual([policy, 'nosniff', 'no-store']);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test('a refusal before anybody looked at who asks says all that a page does', async () => {
    const { headers, status } = await browserOf(hosted(), null).get('/v1/projects', {
      host: 'rebound.example',
    });
    expect(status).toBe(403);
    expect(told(headers)).toEqual([
      expect.stringContaining("frame-ancestors 'none'"),
      'nosniff',
      'no-store',
    ]);
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('how long', () => {
  test.each([
    ['/v1/projects', 'application/json'],
    ['/', 'text/html'],
  ])('an answer of %s that does not come is one that says so', async (path, type) => {
    const page = gatewayWith({ timeoutMs: 1, authenticate: () => new Promise(() => undefined) });
    const answer = await browserOf(page, null).get(path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('took too long');
  });
});

test('over TLS the browser is told to stay there, and the cookie is bound to the host', async () => {
  const origin = 'https://adjutant.example.com';
  const adjutant = await createAdjutant({
    store: ':memory:',
    approvals: {
      relyingParty: { id: 'adjutant.example.com', name: 'Adjutant', origins: [origin] },
    },
  });
  onTestFinished(() => adjutant.close());
  const page = createGateway(adjutant, { origin });
  const { token } = await adjutant.approvers().createLoginLink(await adjutant.owner());
  const answer = await page.fetch(
    new Request(`${origin}/api/session`, {
      method: 'POST',
      headers: { host: 'adjutant.example.com', origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }),
  );
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-adjutant=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+; Secure$/,
  );
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  const told = await page.fetch(new Request(`${origin}/health`));
  expect(told.headers.get('strict-transport-security')).toBe('max-age=31536000');
  const local = await world.stranger().get('/sign-in');
  expect(local.headers.get('strict-transport-security')).toBeNull();
});
