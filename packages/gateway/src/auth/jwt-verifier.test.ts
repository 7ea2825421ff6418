import { systemClock } from '@adjutant/core';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from '../create-gateway.ts';
import type { Gateway } from '../gateway-options.ts';
import { noMetrics } from '../testing/no-metrics.ts';
import { openPageWorld, type PageWorld, testOrigin } from '../testing/page-world.ts';
import { openProvider, type ProviderWorld } from '../testing/provider-world.ts';
import { createJwtVerifier, type JwtVerifierOptions } from './jwt-verifier.ts';

const resource = `${testOrigin}/mcp`;
let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld(systemClock.now());
});
afterEach(() => world.close());

function gatewayFor(issuer: string, options: Partial<JwtVerifierOptions> = {}): Gateway {
  const people = { 'subject-1': 'owner:default' };
  const verifier = createJwtVerifier(world.adjutant, {
    ...{ issuer, audience: resource, people, clock: world.clock },
    ...options,
  });
  return createGateway(world.adjutant, {
    origin: testOrigin,
    clock: world.clock,
    tokens: [verifier],
    mcp: { version: '0.0.0', metrics: noMetrics },
    protectedResource: { authorizationServers: [issuer] },
  });
}

/** A tool list, asked for as an assistant does: without an origin. */
function listTools(gateway: Gateway, token: string | null, path = '/mcp'): Promise<Response> {
  return gateway.fetch(
    new Request(`${testOrigin}${path}`, {
      method: 'POST',
      headers: {
        host: 'localhost:4747',
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': '2025-11-25',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    }),
  );
}

describe('with tokens of a real authorization server', () => {
  let provider: ProviderWorld;
  beforeAll(async () => {
    provider = await openProvider(`${testOrigin}/sign-in/oidc/callback`);
  });
  afterAll(() => provider.close());
  beforeEach(() => {
    provider.signsIn({ subject: 'subject-1', email: 'o@example.com', emailVerified: true });
  });

  test('an assistant finds where to get one, gets one for this resource, and is let in', async () => {
    const gateway = gatewayFor(provider.issuer);
    const refused = await listTools(gateway, null);
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate') ?? '';
    const place = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? '';
    expect(place).toBe(`${testOrigin}/.well-known/oauth-protected-resource/mcp`);
    const told = await gateway.fetch(new Request(place, { headers: { host: 'localhost:4747' } }));
    const metadata: unknown = await told.json();
    expect(metadata).toMatchObject({ resource, authorization_servers: [provider.issuer] });
    const root = new Request(`${testOrigin}/.well-known/oauth-protected-resource`);
    expect(await (await gateway.fetch(root)).json()).toEqual(metadata);
    expect(challenge).toContain('scope="mcp read"');
    const token = await provider.tokenFor(resource, 'mcp read');
    const answer = await listTools(gateway, token);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('get_team_overview');
  });

  test('one for another resource opens nothing', async () => {
    const token = await provider.tokenFor('https://other.example/mcp', 'mcp');
    const answer = await listTools(gatewayFor(provider.issuer), token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('one without the scope is told which it lacks', async () => {
    const token = await provider.tokenFor(resource, 'read');
    const answer = await listTools(gatewayFor(provider.issuer), token);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^Bearer error="insufficient_scope", scope="mcp read", resource_metadata="/,
    );
    const strict = gatewayFor(provider.issuer, { requiredScopes: ['other'] });
    const without = await provider.tokenFor(resource, 'mcp');
    expect((await listTools(strict, without)).status).toBe(403);
  });

  test('one in the address is not looked at', async () => {
    const token = await provider.tokenFor(resource, 'mcp');
    const answer = await listTools(gatewayFor(provider.issuer), null, `/mcp?access_token=${token}`);
    expect(answer.status).toBe(401);
  });

  test('one of somebody unknown opens nothing', async () => {
    provider.signsIn({ subject: 'subject-9', email: 'm@example.com', emailVerified: true });
    const token = await provider.tokenFor(resource, 'mcp');
    expect((await listTools(gatewayFor(provider.issuer), token)).status).toBe(401);
  });
});

describe('with tokens that somebody forged', () => {
  const issuer = 'https://id.example.com';
  const jwksUri = `${issuer}/keys`;
  const now = () => Math.floor(world.clock.now() / 1_000);

  async function forge(options: Partial<JwtVerifierOptions> = {}) {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    let asked = 0;
    const gateway = gatewayFor(issuer, {
      jwksUri,
      fetch: () => {
        asked += 1;
        return Promise.resolve(Response.json({ keys: [key] }));
      },
      ...options,
    });
    const claims = (changes: Record<string, unknown> = {}): JWTPayload => ({
      ...{ iss: issuer, aud: resource, sub: 'subject-1', scope: 'mcp read' },
      ...{ iat: now(), exp: now() + 300, client_id: 'desk' },
      ...changes,
    });
    const sign = (changes: JWTPayload = {}, header: { kid?: string; typ?: string } = {}) =>
      new SignJWT(claims(changes))
        .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header })
        .sign(privateKey);
    return { gateway, sign, claims, key, asked: () => asked };
  }

  test('a true one is let in, and the keys are asked for once', async () => {
    const { gateway, sign, asked } = await forge();
    for (let times = 0; times < 3; times += 1) {
      expect((await listTools(gateway, await sign())).status).toBe(200);
    }
    expect(asked()).toBe(1);
  });

  test.each<[string, Record<string, unknown>, { kid?: string; typ?: string }]>([
    ['of another issuer', { iss: 'https://evil.example' }, {}],
    ['for another audience', { aud: 'https://other.example/mcp' }, {}],
    ['for the root of this one', { aud: testOrigin }, {}],
    ['that has ended', { exp: 1 }, {}],
    ['that never ends', { exp: undefined }, {}],
    ['that begins tomorrow', { nbf: 9_999_999_999 }, {}],
    ['of nobody', { sub: undefined }, {}],
    ['with a key that nobody has', {}, { kid: 'two' }],
    ['that is a sign-in', { nonce: 'n' }, { typ: 'JWT' }],
    ['that is for something else', {}, { typ: 'logout+jwt' }],
  ])('one %s is refused', async (_, changes, header) => {
    const { gateway, sign } = await forge();
    const answer = await listTools(gateway, await sign(changes, header));
    expect(answer.status).toBe(401);
  });

  const people = { 'kai@example.com': 'owner:default' };
  const vouched = { email: 'kai@example.com', email_verified: true };

  test.each([
    ['in other letters', 'KAI@Example.COM'],
    ['with blanks around it', ' kai@example.com '],
  ])('an address %s is the same address', async (_, email) => {
    const { gateway, sign } = await forge({ people });
    const answer = await listTools(gateway, await sign({ ...vouched, sub: 'new', email }));
    expect(answer.status).toBe(200);
  });

  test.each([
    ['with U+212A for its k', '\u212Aai@example.com'],
    ['with a wide letter', '\uFF4Bai@example.com'],
    ['with a combining mark', 'kai\u0307@example.com'],
    ['with a letter of another script', 'k\u0430i@example.com'],
    ['with a dotted capital', 'ka\u0130@example.com'],
    ['with an invisible character', 'ka\u200Bi@example.com'],
    ['with U+00A0 before it', '\u00A0kai@example.com'],
    ['with U+0000 after it', 'kai@example.com\u0000'],
    ['with a tag', 'kai+work@example.com'],
    ['with a dot in its name', 'k.ai@example.com'],
    ['in quotes', '"kai"@example.com'],
    ['with a comment', 'kai(me)@example.com'],
    ['with a name', 'Kai <kai@example.com>'],
    ['with a dot at its end', 'kai@example.com.'],
    ['of two', 'kai@example.com,mallory@example.net'],
    ['of another domain', 'kai@example.com.example.net'],
    ['with a wide dot', 'kai@example\uFF0Ecom'],
  ])('an address %s is somebody else’s', async (_, email) => {
    const { gateway, sign } = await forge({ people });
    const answer = await listTools(gateway, await sign({ ...vouched, sub: 'new', email }));
    expect(answer.status).toBe(401);
    const { items } = await world.adjutant.workspace().as(world.owner).audit.list({});
    expect(items.filter(({ event }) => event.startsWith('sign_in.'))).toEqual([]);
  });

  test.each([
    ['empty', ''],
    ['blank', ' '],
    ['made of blanks', '\t\n\u00A0'],
    ['too long', 's'.repeat(256)],
    ['far too long', 's'.repeat(20_000)],
    ['no text', { toString: 1 }],
  ])('a subject that is %s is nobody, whatever else is said', async (_, sub) => {
    const { gateway, sign } = await forge({ people: { ...people, '': 'owner:default' } });
    const answer = await listTools(gateway, await sign({ ...vouched, sub } as JWTPayload));
    expect(answer.status).toBe(401);
  });

  test.each([
    'with blanks in it',
    ' subject-1',
    '__proto__',
    'constructor',
    'subject-1\n',
    'Subject-1',
  ])('the subject %j is exactly itself', async (sub) => {
    const { gateway, sign } = await forge();
    expect((await listTools(gateway, await sign({ sub }))).status).toBe(401);
    const named = await forge({ people: { [`subject:${sub}`]: 'owner:default' } });
    expect((await listTools(named.gateway, await named.sign({ sub }))).status).toBe(200);
    expect((await listTools(named.gateway, await named.sign({ sub: `${sub} ` }))).status).toBe(401);
  });

  test('one that nobody signed, or that the public key signed, is refused', async () => {
    const { gateway, claims, key } = await forge();
    const unsigned = new UnsecuredJWT(claims()).encode();
    expect((await listTools(gateway, unsigned)).status).toBe(401);
    const confused = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'one', typ: 'at+jwt' })
      .sign(new TextEncoder().encode(JSON.stringify(key)));
    expect((await listTools(gateway, confused)).status).toBe(401);
  });

  test('one cut in the middle, or changed, is refused', async () => {
    const { gateway, sign } = await forge();
    const token = await sign();
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = Buffer.from(body, 'base64url').toString().replace('subject-1', 'subject-2');
    const changed = [head, Buffer.from(other).toString('base64url'), signature].join('.');
    for (const wrong of [token.slice(0, -4), changed, `${head}.${body}.`]) {
      expect((await listTools(gateway, wrong)).status).toBe(401);
    }
  });

  test('it is an assistant, named after its client; it sees, and decides nothing', async () => {
    const { gateway, sign } = await forge();
    const action = await world.propose('note.ask', 'hello');
    const ask = async (method: string, path: string, body?: unknown) =>
      gateway.fetch(
        new Request(`${testOrigin}${path}`, {
          method,
          headers: {
            host: 'localhost:4747',
            'content-type': 'application/json',
            authorization: `Bearer ${await sign()}`,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    expect((await ask('GET', '/v1/projects')).status).toBe(200);
    const { revision, payloadHash } = action;
    const decision = { revision, payloadHash, verdict: 'approve' };
    expect((await ask('POST', `/api/actions/${action.id}/decision`, decision)).status).toBe(403);
    expect(await world.read(action.id)).toMatchObject({ status: 'pending', decisions: [] });
  });
});

test('an issuer whose metadata is another’s gives no keys', async () => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ issuer: 'https://id.example.com', jwks_uri: 'https://x.example' }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const gateway = gatewayFor(`http://127.0.0.1:${port}`);
  const answer = await listTools(gateway, `${'a'.repeat(9)}.${'b'.repeat(9)}.${'c'.repeat(9)}`);
  expect(answer.status).toBe(503);
  server.close();
});
