import { expect, it } from 'vitest';
import type { Dialect } from '../../user-tokens/__fixtures__/start-authorization-twin.ts';
import {
  describeTokenHelpers,
  type HelpersUnderTest,
  startHelpers,
} from '../../user-tokens/__fixtures__/token-helpers-suite.ts';
import { authorizationUrl, exchangeCode } from './authorize-user.ts';
import { createUserTokenRefresher } from './create-user-token-refresher.ts';

const refusals = {
  client: { status: 401, body: { error: 'access_denied', error_description: 'Unauthorized' } },
  code: {
    status: 403,
    body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
  },
  refresh: {
    status: 403,
    body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
  },
};

const atlassian: Dialect = {
  tokenPath: '/oauth/token',
  body: 'json',
  given: ({ accessToken, refreshToken, accessTokenMs }) => ({
    access_token: accessToken,
    expires_in: accessTokenMs / 1_000,
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    scope: 'read:jira-work offline_access',
    token_type: 'Bearer',
  }),
  refused: (what) => refusals[what],
};

const scopes = ['read:jira-work', 'read:jira-user'];
/** Another name of this machine, as the API is another host. */
const apiOf = (authUrl: string) => authUrl.replace('127.0.0.1', 'localhost');

const helpers: HelpersUnderTest = {
  title: 'Atlassian',
  dialect: atlassian,
  passingRefusal: { status: 429, text: '{"error":"too_many_requests"}' },
  authorizationUrl: (authUrl, options) => authorizationUrl({ ...options, authUrl, scopes }),
  exchangeCode: (authUrl, exchange) => exchangeCode({ ...exchange, authUrl }),
  createRefresher: (authUrl, options) =>
    createUserTokenRefresher({ ...options, authUrl, apiUrl: apiOf(authUrl) }),
  apiHostOf: (url) => new URL(apiOf(url)).host,
};

describeTokenHelpers(helpers);

it('asks a person for the scopes and for refresh tokens, at the page of Atlassian', () => {
  const { url, state } = authorizationUrl({
    clientId: 'c',
    redirectUrl: 'https://host.example.com/back?x=1&y',
    scopes: [...scopes, 'offline_access'],
  });
  const { origin, pathname, searchParams } = new URL(url);
  expect(`${origin}${pathname}`).toBe('https://auth.atlassian.com/authorize');
  expect(Object.fromEntries(searchParams)).toEqual({
    audience: 'api.atlassian.com',
    client_id: 'c',
    prompt: 'consent',
    redirect_uri: 'https://host.example.com/back?x=1&y',
    response_type: 'code',
    scope: 'read:jira-work read:jira-user offline_access',
    state,
  });
});

it('asks for tokens with what Atlassian takes and no more', async () => {
  const { clock, twin, exchange, open } = await startHelpers(helpers);
  const { refresher } = await open();
  await refresher.keep(await exchange());
  clock.advance(twin.accessTokenMs);
  await refresher.token();
  const { clientId, clientSecret } = twin;
  const app = { client_id: clientId, client_secret: clientSecret };
  const code = { code: 'code-secret-1-x', redirect_uri: 'https://host.example.com/back' };
  expect(twin.asked).toEqual([
    { ...app, ...code, grant_type: 'authorization_code' },
    { ...app, grant_type: 'refresh_token', refresh_token: 'ref-secret-1-x' },
  ]);
});

it('hands tokens out for the API and not for where they were given', async () => {
  const { twin, exchange, open } = await startHelpers({
    ...helpers,
    createRefresher: (authUrl, options) => createUserTokenRefresher({ ...options, authUrl }),
  });
  const { refresher } = await open();
  const { accessToken } = await exchange();
  await refresher.keep({
    accessToken,
    expiresAt: null,
    refreshToken: null,
    refreshExpiresAt: null,
  });
  expect(await refresher.token('api.atlassian.com')).toBe(accessToken);
  for (const host of ['auth.atlassian.com', 'acme.atlassian.net', new URL(twin.url).host]) {
    await expect(refresher.token(host)).rejects.toMatchObject({ code: 'Configuration' });
  }
});

it('takes an authorization for ended where Atlassian says that the refresh token is invalid', async () => {
  const { clock, twin, exchange, open } = await startHelpers(helpers);
  const { refresher } = await open();
  await refresher.keep(await exchange());
  clock.advance(twin.accessTokenMs);
  const text = '{"error":"unauthorized_client","error_description":"refresh_token is invalid"}';
  twin.faults.push({ status: 403, text });
  for (let time = 1; time <= 2; time += 1) {
    await expect(refresher.token()).rejects.toMatchObject({ code: 'Authentication' });
  }
  expect(twin.refreshes).toHaveLength(1);
});

it('keeps the refresh token where no new one is given with a token that runs out', async () => {
  const { clock, twin, exchange, open } = await startHelpers(helpers);
  const { refresher } = await open();
  await refresher.keep(await exchange());
  twin.leewayMs = Number.POSITIVE_INFINITY;
  twin.faults.push({ status: 200, text: '{"access_token":"acc-secret-again","expires_in":3600}' });
  clock.advance(twin.accessTokenMs);
  expect(await refresher.token()).toBe('acc-secret-again');
  clock.advance(twin.accessTokenMs);
  expect(twin.isAccepted(await refresher.token())).toBe(true);
  expect(twin.refreshes).toEqual(['ref-secret-1-x', 'ref-secret-1-x']);
});
