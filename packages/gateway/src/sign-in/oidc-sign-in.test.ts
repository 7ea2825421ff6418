import { systemClock } from '@adjutant/core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGateway } from '../create-gateway.ts';
import type { Gateway, GatewayOptions } from '../gateway-options.ts';
import { browserOf, openPageWorld, type PageWorld, testOrigin } from '../testing/page-world.ts';
import { openProvider, type ProviderWorld } from '../testing/provider-world.ts';
import type { OidcOptions } from './oidc-options.ts';

const back = `${testOrigin}/sign-in/oidc/callback`;
const owner = { subject: 'subject-1', email: 'Owner@Example.com', emailVerified: true };
let provider: ProviderWorld;
let world: PageWorld;
beforeAll(async () => {
  provider = await openProvider(back);
});
afterAll(() => provider.close());
beforeEach(async () => {
  world = await openPageWorld(systemClock.now());
  provider.signsIn(owner);
});
afterEach(() => world.close());

function pageWith(options: Partial<OidcOptions> = {}, more: Partial<GatewayOptions> = {}): Gateway {
  const { issuer, clientId, clientSecret } = provider;
  const people = { 'owner@example.com': 'owner:default' };
  const oidc = { issuer, clientId, clientSecret, people, ...options };
  return createGateway(world.adjutant, { origin: testOrigin, clock: world.clock, oidc, ...more });
}

function cookieOf(response: Response, name: string): string | null {
  const found = response.headers.getSetCookie().find((header) => header.startsWith(`${name}=`));
  return found?.split(';')[0] ?? null;
}

/** Begins at the page, signs in at the provider, and returns the address that the browser is sent to. */
async function goThere(page: Gateway, path = '/sign-in/oidc') {
  const begun = await browserOf(page, null).get(path);
  const attempt = cookieOf(begun, 'adjutant_oidc_4747') ?? '';
  const address = begun.headers.get('location') ?? '';
  return { begun, attempt, address, callback: await provider.follow(address, back) };
}

/** What a browser sends when another site led it here. */
const fromElsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

async function comeBack(page: Gateway, callback: string, cookie: string): Promise<Response> {
  const { pathname, search } = new URL(callback);
  return browserOf(page, null).get(`${pathname}${search}`, { ...fromElsewhere, cookie });
}

test('somebody who signs in at the provider is signed in here, as the page that goes on says', async () => {
  const page = pageWith();
  const { begun, attempt, address, callback } = await goThere(page);
  expect(begun.status).toBe(302);
  const asked = new URL(address).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
  }
  expect(address).not.toContain(provider.clientSecret);
  expect(begun.headers.get('set-cookie')).toMatch(
    /; HttpOnly; SameSite=Lax; Path=\/; Max-Age=600$/,
  );
  const answer = await comeBack(page, callback, attempt);
  expect(answer.status).toBe(200);
  const html = await answer.text();
  expect(html).toContain('You are Owner.');
  expect(html).toContain('<a class="button" href="/" data-go-on>');
  const session = cookieOf(answer, 'adjutant_4747');
  expect(answer.headers.getSetCookie().join('\n')).toMatch(/adjutant_4747=[^\n]*SameSite=Strict/);
  expect((await browserOf(page, null).get('/', { cookie: session ?? '' })).status).toBe(200);
  const [open] = await world.adjutant.approvers().listSessions(world.owner);
  expect(open).toMatchObject({ method: 'oidc', personId: 'owner:default' });
});

test('an action that somebody came for is where they end, and nothing else can be', async () => {
  const page = pageWith();
  const to = async (path: string) => {
    const { attempt, callback } = await goThere(page, path);
    return (await comeBack(page, callback, attempt)).text();
  };
  expect(await to('/sign-in/oidc?action=abc-1')).toContain('href="/actions/abc-1"');
  expect(await to('/sign-in/oidc?action=//evil.example')).toContain('href="/" data-go-on');
});

test('an answer is taken once, and only by the browser that asked', async () => {
  const page = pageWith();
  const { attempt, callback } = await goThere(page);
  const other = await goThere(page);
  for (const cookie of ['', other.attempt, `${attempt}; ${other.attempt}`]) {
    const refused = await comeBack(page, callback, cookie);
    expect(refused.status).toBe(401);
    expect(cookieOf(refused, 'adjutant_4747')).toBeNull();
  }
  expect((await comeBack(page, callback, attempt)).status).toBe(200);
  expect((await comeBack(page, callback, attempt)).status).toBe(401);
});

const wrongAnswers: Readonly<Record<string, (attempt: string) => [query: string, cookie: string]>> =
  {
    'nothing at all': () => ['', ''],
    'no attempt': () => ['?code=wrong&state=wrong', ''],
    'an attempt of their own making': (attempt) => {
      const made = 'm'.repeat(43);
      const name = attempt.split('=')[0] ?? '';
      return [`?code=wrong&state=${made}`, `${name}=${[made, made, made, ''].join('.')}`];
    },
    'one attempt again and again': (attempt) => [
      `?code=wrong&state=${attempt.split('=')[1]?.split('.')[0] ?? ''}`,
      attempt,
    ],
  };

test.each(Object.entries(wrongAnswers))(
  'an answer to what was begun here is taken, whatever others at the address brought: %s',
  async (_, wrong) => {
    let asked = 0;
    const countingFetch: typeof fetch = (address, init) => {
      if (init?.method === 'POST') asked += 1;
      return fetch(address, init);
    };
    const page = pageWith({}, { fetch: countingFetch });
    const { attempt, callback } = await goThere(page);
    const theirs = await goThere(page);
    const statuses = new Set<number>();
    for (let count = 0; count < 70; count += 1) {
      const [query, cookie] = wrong(theirs.attempt);
      statuses.add((await comeBack(page, `${back}${query}`, cookie)).status);
    }
    expect(statuses).toEqual(new Set([401, 429]));
    expect(asked).toBeLessThanOrEqual(61);
    expect((await comeBack(page, callback, attempt)).status).toBe(200);
  },
  60_000,
);

test('an answer to what another process began is taken too, as long as few failed', async () => {
  const { attempt, callback } = await goThere(pageWith());
  const other = pageWith();
  expect((await comeBack(other, callback, attempt)).status).toBe(200);
  const next = await goThere(pageWith());
  for (let count = 0; count < 60; count += 1) await comeBack(other, back, '');
  expect((await comeBack(other, next.callback, next.attempt)).status).toBe(429);
});

test.each(['state', 'iss', 'code'])('an answer with another %s is refused', async (name) => {
  const page = pageWith();
  const { attempt, callback } = await goThere(page);
  const changed = new URL(callback);
  changed.searchParams.set(name, 'https://evil.example');
  expect((await comeBack(page, changed.href, attempt)).status).toBe(401);
});

test('an answer to another nonce is refused', async () => {
  const page = pageWith();
  const { attempt, callback } = await goThere(page);
  const [state, , verifier, action] = attempt.split('.');
  const changed = [state, 'n'.repeat(43), verifier, action].join('.');
  expect((await comeBack(page, callback, changed)).status).toBe(401);
});

test('somebody unknown is told what an administrator does; nobody is made', async () => {
  const page = pageWith();
  provider.signsIn({ subject: 'subject-9', email: 'mallory@example.com', emailVerified: true });
  const before = (await world.adjutant.workspace().as(world.owner).findPeople({})).total;
  const { attempt, callback } = await goThere(page);
  const answer = await comeBack(page, callback, attempt);
  expect(answer.status).toBe(403);
  const html = await answer.text();
  expect(html).toContain('mallory@example.com');
  expect(html).toContain('gateway.oidc.people');
  expect(cookieOf(answer, 'adjutant_4747')).toBeNull();
  expect((await world.adjutant.workspace().as(world.owner).findPeople({})).total).toBe(before);
});

test('an address that the provider did not verify is nobody’s', async () => {
  const page = pageWith();
  provider.signsIn({ ...owner, emailVerified: false });
  const { attempt, callback } = await goThere(page);
  expect((await comeBack(page, callback, attempt)).status).toBe(403);
  const bySubject = pageWith({ people: { 'subject-1': 'owner:default' } });
  const again = await goThere(bySubject);
  expect((await comeBack(bySubject, again.callback, again.attempt)).status).toBe(200);
});

test('the host says who it is where it wants to', async () => {
  const seen: unknown[] = [];
  const page = pageWith({
    personOf: (claims) => {
      seen.push([claims.subject, claims.verifiedEmail]);
      return 'owner:default';
    },
  });
  const { attempt, callback } = await goThere(page);
  expect((await comeBack(page, callback, attempt)).status).toBe(200);
  expect(seen).toEqual([['subject-1', 'owner@example.com']]);
});

test('a provider that does not answer leaves the other ways open', async () => {
  const page = pageWith({ issuer: 'http://127.0.0.1:9' });
  const answer = await browserOf(page, null).get('/sign-in/oidc');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('passkey');
});

test.each(['http://id.example.com', 'id.example.com', 'ftp://localhost'])(
  'an issuer at %s is refused at once',
  (issuer) => {
    expect(() => pageWith({ issuer })).toThrow(expect.objectContaining({ code: 'Configuration' }));
  },
);

test('the button stands there only where a provider is configured, and names it', async () => {
  const { page } = world;
  expect(await (await browserOf(page, null).get('/sign-in')).text()).not.toContain('/sign-in/oidc');
  expect((await browserOf(page, null).get('/sign-in/oidc')).status).toBe(401);
  const named = pageWith({ name: 'Acme <ID>' });
  expect(await (await browserOf(named, null).get('/sign-in')).text()).toContain(
    'Sign in with Acme &lt;ID&gt;',
  );
});
