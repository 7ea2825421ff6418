import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adjutant, AdjutantError, createAdjutant, environmentKeys } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGithubData } from '../testing/data/github-data.ts';
import { startGithubTwin } from '../testing/start-github-twin.ts';
import { readTokens, writeTokens } from '../../user-tokens/user-tokens.ts';
import { authorizationUrl, exchangeCode } from './authorize-user.ts';
import { createUserTokenRefresher } from './create-user-token-refresher.ts';
import { readWebAddress } from './web-address.ts';

const hourMs = 3_600_000;
const name = 'connector:github:user:42';
const redirectUrl = 'https://host.example.com/back';
const keyText = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

async function start() {
  const clock = createFakeClock(Date.UTC(2026, 10, 1));
  const twin = await startGithubTwin({ data: createGithubData(), clock });
  const folder = await mkdtemp(join(tmpdir(), 'github-user-tokens-'));
  const { clientId, clientSecret } = twin.oauth;
  const logged: string[] = [];
  const opened: Adjutant[] = [];
  onTestFinished(async () => {
    for (const adjutant of opened) await adjutant.close();
    await twin.close();
    await rm(folder, { recursive: true, force: true });
  });
  const place = { clientId, redirectUrl, baseUrl: twin.url };
  const authorize = () => {
    const remembered = authorizationUrl(place);
    const returned = twin.oauth.approve(remembered.url);
    return { remembered, returned };
  };
  const exchange = (more: object = {}) =>
    exchangeCode({ ...place, ...authorize(), clientSecret, clock, ...more });
  /** As one more process over the same store. */
  const open = async (more: object = {}) => {
    const adjutant = await createAdjutant({
      store: join(folder, 'store.db'),
      clock,
      keyProvider: environmentKeys({ ADJUTANT_KEYS: keyText }),
    });
    opened.push(adjutant);
    const refresher = createUserTokenRefresher({
      secrets: adjutant.secrets({ kind: 'system' }),
      name,
      clientId,
      clientSecret,
      baseUrl: twin.url,
      clock,
      logger: { log: (_, message, detail) => logged.push(`${message} ${JSON.stringify(detail)}`) },
      ...more,
    });
    return { adjutant, refresher };
  };
  const isTaken = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${twin.url}/rate_limit`, { headers })).status === 200;
  };
  return { clock, twin, logged, authorize, exchange, open, isTaken };
}

describe('authorizing', () => {
  it('leads to tokens, with a state and a proof that nobody else has', async () => {
    const { authorize, exchange, isTaken, clock } = await start();
    const [first, second] = [authorize().remembered, authorize().remembered];
    const { searchParams, origin } = new URL(first.url);
    expect(origin).toContain('127.0.0.1');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(first.url).not.toContain(first.codeVerifier);
    expect(first.state).not.toBe(second.state);
    expect(first.codeVerifier.length).toBeGreaterThanOrEqual(43);
    const tokens = await exchange();
    expect(await isTaken(tokens.accessToken)).toBe(true);
    expect(tokens.expiresAt).toBe(clock.now() + 8 * hourMs);
  });

  it('with another state asks nothing', async () => {
    const { authorize, exchange, twin } = await start();
    const { remembered, returned } = authorize();
    for (const state of ['', null, 'x', `${remembered.state}x`]) {
      await expect(
        exchange({ remembered, returned: { ...returned, state } }),
      ).rejects.toMatchObject({ code: 'Authentication' });
    }
    const empty = {
      remembered: { ...remembered, state: '' },
      returned: { ...returned, state: '' },
    };
    await expect(exchange(empty)).rejects.toMatchObject({ code: 'Authentication' });
    expect(twin.requests).toEqual([]);
  });

  it('fails for a code without its proof, a code of before, and a person who says no', async () => {
    const { authorize, exchange } = await start();
    const { remembered, returned } = authorize();
    const stolen = { ...remembered, codeVerifier: 'another' };
    await expect(exchange({ remembered: stolen, returned })).rejects.toThrow('code');
    const again = authorize();
    await exchange(again);
    await expect(exchange(again)).rejects.toMatchObject({ code: 'Authentication' });
    const no = { state: again.remembered.state, error: 'access_denied', code: null };
    await expect(exchange({ ...again, returned: no })).rejects.toThrow('did not let');
  });

  it('does not show the secret of the app where it is wrong', async () => {
    const { exchange } = await start();
    const clientSecret = 'canary-of-the-app-secret';
    const error: unknown = await exchange({ clientSecret }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'Configuration' });
    expect(JSON.stringify(error) + String(error)).not.toContain(clientSecret);
  });

  it('is at the page for people of each kind of GitHub', () => {
    const webOf = (baseUrl?: string) => readWebAddress(baseUrl).web.origin;
    expect(webOf()).toBe('https://github.com');
    expect(webOf('https://api.acme.ghe.com')).toBe('https://acme.ghe.com');
    expect(webOf('https://github.example.com/api/v3')).toBe('https://github.example.com');
    expect(webOf('https://api.example.com')).toBe('https://api.example.com');
  });
});

describe('a refresher', () => {
  it('gives the token while it is good, and its successor before it runs out', async () => {
    const { clock, twin, exchange, open, isTaken } = await start();
    const { refresher } = await open();
    const tokens = await exchange();
    await refresher.keep(tokens);
    expect(await refresher.token()).toBe(tokens.accessToken);
    clock.advance(8 * hourMs - 5 * 60_000);
    const next = await refresher.token(new URL(twin.url).host);
    expect(next).not.toBe(tokens.accessToken);
    expect(await isTaken(next)).toBe(true);
    expect(await isTaken(tokens.accessToken)).toBe(false);
    expect(await refresher.token()).toBe(next);
    expect(twin.oauth.refreshes).toBe(1);
  });

  it('of two processes spends a refresh token once, time after time', async () => {
    const { clock, twin, exchange, open, isTaken } = await start();
    const [one, other] = [await open(), await open()];
    await one.refresher.keep(await exchange());
    for (let round = 1; round <= 3; round += 1) {
      clock.advance(8 * hourMs);
      const asked = await Promise.all(
        [one, other, one, other].map(({ refresher }) => refresher.token()),
      );
      expect(new Set(asked).size).toBe(1);
      expect(await isTaken(asked[0] ?? '')).toBe(true);
      expect(twin.oauth.refreshes).toBe(round);
    }
    const { audit } = one.adjutant.workspace().as(await one.adjutant.owner());
    expect(await audit.list({ event: 'plumbing.token_refresh' })).toMatchObject({ total: 3 });
  });

  it('says once that an authorization has ended, and asks GitHub no more', async () => {
    const { clock, twin, exchange, open, logged } = await start();
    const [one, other] = [await open(), await open()];
    await one.refresher.keep(await exchange());
    twin.oauth.revokeAll();
    clock.advance(9 * hourMs);
    for (const { refresher } of [one, other, one]) {
      await expect(refresher.token()).rejects.toMatchObject({
        code: 'Authentication',
        hint: expect.stringContaining('authorizationUrl'),
      });
    }
    expect(twin.oauth.refreshes).toBe(1);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('authorize the app at GitHub again');
    // Authorized anew it goes on.
    await other.refresher.keep(await exchange());
    expect(await one.refresher.token()).toMatch(/^ghu_/);
  });

  it('does not send a refresh token that has run out', async () => {
    const { clock, twin, exchange, open } = await start();
    const { refresher } = await open();
    await refresher.keep(await exchange());
    clock.advance(181 * 24 * hourMs);
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Authentication' });
    expect(twin.oauth.refreshes).toBe(0);
  });

  it('goes on with a token that is good for some minutes while GitHub fails', async () => {
    const { clock, twin, exchange, open } = await start();
    const { refresher } = await open();
    const tokens = await exchange();
    await refresher.keep(tokens);
    clock.advance(8 * hourMs - 5 * 60_000);
    twin.oauth.failures.push(502);
    expect(await refresher.token()).toBe(tokens.accessToken);
    clock.advance(5 * 60_000);
    twin.oauth.failures.push(502);
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Upstream', retryable: true });
    expect(await refresher.token()).not.toBe(tokens.accessToken);
  });

  it('asks GitHub once a minute while refreshing fails and the token is good', async () => {
    const { clock, twin, exchange, open } = await start();
    const { refresher, adjutant } = await open();
    const tokens = await exchange();
    await refresher.keep(tokens);
    clock.advance(8 * hourMs - 5 * 60_000);
    twin.oauth.failures.push(502, 502);
    const many = () => Promise.all(Array.from({ length: 10 }, () => refresher.token()));
    expect(new Set([...(await many()), ...(await many())])).toEqual(new Set([tokens.accessToken]));
    expect(twin.oauth.refreshes).toBe(1);
    clock.advance(60_000);
    await many();
    expect(twin.oauth.refreshes).toBe(2);
    const { audit } = adjutant.workspace().as(await adjutant.owner());
    expect(await audit.list({ event: 'plumbing.token_refresh' })).toMatchObject({ total: 2 });
    clock.advance(60_000);
    expect(new Set(await many())).not.toContain(tokens.accessToken);
    expect(twin.oauth.refreshes).toBe(3);
  });

  it('goes on with a token that is good while the secret of the app is wrong, and says so', async () => {
    const { clock, exchange, open, logged } = await start();
    const clientSecret = 'another-secret-of-the-app';
    const { refresher } = await open({ clientSecret });
    const tokens = await exchange();
    await refresher.keep(tokens);
    clock.advance(8 * hourMs - 9 * 60_000);
    expect(await refresher.token()).toBe(tokens.accessToken);
    expect(await refresher.token()).toBe(tokens.accessToken);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('Configuration');
    expect(logged[0]).not.toContain(clientSecret);
    clock.advance(8 * 60_000 + 1);
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Configuration' });
  });

  it('keeps good tokens though another process noted meanwhile that they had ended', async () => {
    const { clock, twin, exchange, open, isTaken } = await start();
    const late = await open();
    const stalling: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      clock.advance(61_000);
      await expect(late.refresher.token()).rejects.toMatchObject({ code: 'Authentication' });
      return response;
    };
    const stalled = await open({ fetch: stalling });
    await stalled.refresher.keep(await exchange());
    clock.advance(8 * hourMs - 5 * 60_000);
    const token = await stalled.refresher.token();
    expect(await isTaken(token)).toBe(true);
    expect(await late.refresher.token()).toBe(token);
    expect(twin.oauth.refreshes).toBe(2);
  });

  it('gives nothing to another host, and nothing before there is anything', async () => {
    const { exchange, open } = await start();
    const { refresher } = await open();
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Authentication' });
    await refresher.keep(await exchange());
    await expect(refresher.token('api.github.com')).rejects.toMatchObject({
      code: 'Configuration',
    });
    await refresher.forget();
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Authentication' });
  });

  it('does not end an authorization because the app is in trouble', async () => {
    const { clock, exchange, open } = await start();
    const suspended: typeof fetch = async () =>
      Response.json({ error: 'application_suspended', error_description: 'Suspended.' });
    const { refresher } = await open({ fetch: suspended });
    const well = await open();
    await refresher.keep(await exchange());
    clock.advance(9 * hourMs);
    await expect(refresher.token()).rejects.toThrow('application_suspended');
    const wrong = await open({ clientSecret: 'another-secret-of-the-app' });
    await expect(wrong.refresher.token()).rejects.toMatchObject({ code: 'Configuration' });
    expect(await well.refresher.token()).toMatch(/^ghu_/);
  });

  it.each([
    '<html>',
    '{}',
    '{"access_token":"with a space"}',
    '{"access_token":"ghu_x","refresh_token":"a\\nb"}',
  ])('takes no token out of %s', async (body) => {
    const { clock, exchange, open } = await start();
    const { refresher } = await open({ fetch: async () => new Response(body) });
    await refresher.keep(await exchange());
    clock.advance(9 * hourMs);
    const error: unknown = await refresher.token().catch((reason: unknown) => reason);
    expect(AdjutantError.isInstance(error) && error.code).toBe('Upstream');
    expect(String(error)).not.toContain('ghr_');
  });
});

describe('kept tokens', () => {
  it('are read as they were written, each token on a line of its own', () => {
    const kept = {
      accessToken: 'ghu_a',
      expiresAt: 1,
      refreshToken: null,
      refreshExpiresAt: null,
      endedAt: null,
    };
    expect(readTokens(writeTokens(kept))).toEqual(kept);
    expect(
      writeTokens({ ...kept, refreshToken: 'ghr_b' })
        .split('\n')
        .slice(0, 2),
    ).toEqual(['ghu_a', 'ghr_b']);
    for (const other of ['', 'ghu_a', 'ghu_a\n\n{}', '\n\n{"endedAt":null}']) {
      expect(readTokens(other)).toBeNull();
    }
  });
});
