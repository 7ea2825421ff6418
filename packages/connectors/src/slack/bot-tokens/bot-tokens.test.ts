import { expect, it } from 'vitest';
import type { Dialect } from '../../user-tokens/__fixtures__/start-authorization-twin.ts';
import {
  describeTokenHelpers,
  type HelpersUnderTest,
  startHelpers,
} from '../../user-tokens/__fixtures__/token-helpers-suite.ts';
import { authorizationUrl, exchangeCode } from './authorize-app.ts';
import { createBotTokenRefresher } from './create-bot-token-refresher.ts';

const words = {
  client: 'bad_client_secret',
  code: 'invalid_code',
  refresh: 'invalid_refresh_token',
};

const installation = {
  app_id: 'A0KRD7HC3',
  authed_user: { id: 'U1234' },
  scope: 'channels:history,channels:read',
  token_type: 'bot',
  bot_user_id: 'U0KRQLJ9H',
  team: { id: 'T9TK3CUKW', name: 'Acme\u0007 team' },
  enterprise: null,
  is_enterprise_install: false,
};

const slackDialect: Dialect = {
  tokenPath: '/api/oauth.v2.access',
  body: 'form',
  given: ({ accessToken, refreshToken, accessTokenMs }) => ({
    ok: true,
    access_token: accessToken,
    ...(refreshToken === null
      ? {}
      : { refresh_token: refreshToken, expires_in: accessTokenMs / 1_000 }),
    ...installation,
  }),
  // Slack says no with 200.
  refused: (what) => ({ status: 200, body: { ok: false, error: words[what] } }),
};

const scopes = ['channels:history', 'channels:read'];
const apiOf = (url: string) => `${url}/api/`;

const helpers: HelpersUnderTest = {
  title: 'Slack',
  dialect: slackDialect,
  passingRefusal: { status: 200, text: '{"ok":false,"error":"internal_error"}' },
  authorizationUrl: (url, options) => authorizationUrl({ ...options, baseUrl: apiOf(url), scopes }),
  exchangeCode: async (url, exchange) =>
    (await exchangeCode({ ...exchange, baseUrl: apiOf(url) })).tokens,
  createRefresher: (url, options) => createBotTokenRefresher({ ...options, baseUrl: apiOf(url) }),
  apiHostOf: (url) => new URL(url).host,
};

const redirectUrl = 'https://host.example.com/back';

describeTokenHelpers(helpers);

it('asks for scopes of the bot at the page of Slack', () => {
  const ask = { clientId: 'c', redirectUrl, scopes };
  const { url, state } = authorizationUrl(ask);
  const { origin, pathname, searchParams } = new URL(url);
  expect(`${origin}${pathname}`).toBe('https://slack.com/oauth/v2/authorize');
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: 'c',
    redirect_uri: redirectUrl,
    scope: 'channels:history,channels:read',
    state,
  });
  const government = authorizationUrl({ ...ask, baseUrl: 'https://slack-gov.com/api/' });
  expect(new URL(government.url).host).toBe('slack-gov.com');
});

it('asks for tokens with a form of what Slack takes and no more', async () => {
  const { clock, twin, exchange, open } = await startHelpers(helpers);
  const { refresher } = await open();
  await refresher.keep(await exchange());
  clock.advance(twin.accessTokenMs);
  await refresher.token();
  const app = { client_id: twin.clientId, client_secret: twin.clientSecret };
  expect(twin.asked).toEqual([
    {
      ...app,
      code: 'code-secret-1-x',
      redirect_uri: redirectUrl,
      grant_type: 'authorization_code',
    },
    { ...app, grant_type: 'refresh_token', refresh_token: 'ref-secret-1-x' },
  ]);
});

it('tells where the app was installed, and what it was granted', async () => {
  const { twin, clock, authorize } = await startHelpers(helpers);
  const { clientId, clientSecret } = twin;
  const baseUrl = apiOf(twin.url);
  const place = { clientId, clientSecret, redirectUrl, clock, baseUrl };
  const { tokens, ...told } = await exchangeCode({ ...place, ...authorize() });
  expect(twin.isAccepted(tokens.accessToken)).toBe(true);
  expect(told).toEqual({
    team: { id: 'T9TK3CUKW', name: 'Acme\uFFFD team' },
    enterprise: null,
    appId: 'A0KRD7HC3',
    botUserId: 'U0KRQLJ9H',
    scopes,
  });
  // The code is spent by then: what cannot be read of the rest costs no token.
  const answer = { ok: true, access_token: 'acc-secret-1-x', team: 'T', app_id: 7, scope: null };
  twin.faults.push({ status: 200, text: JSON.stringify(answer) });
  expect(await exchangeCode({ ...place, ...authorize() })).toEqual({
    tokens: { ...tokens, expiresAt: null, refreshToken: null },
    ...{ team: null, enterprise: null, appId: null, botUserId: null, scopes: [] },
  });
});

it('keeps the one token of an app without rotation, and asks for no other', async () => {
  const { clock, twin, exchange, open } = await startHelpers(helpers);
  twin.rotates = false;
  const { refresher } = await open();
  const tokens = await exchange();
  expect(tokens).toMatchObject({ expiresAt: null, refreshToken: null });
  await refresher.keep(tokens);
  clock.advance(400 * 86_400_000);
  expect(await refresher.token()).toBe(tokens.accessToken);
  expect(twin.refreshes).toEqual([]);
});

it('takes no token out of an answer that does not say that it went well', async () => {
  const { twin, exchange } = await startHelpers(helpers);
  for (const text of ['{"access_token":"acc-secret-1-x"}', '{"ok":false,"access_token":"a"}']) {
    twin.faults.push({ status: 200, text });
    await expect(exchange()).rejects.toMatchObject({ code: 'Upstream' });
  }
});

it('names what is wrong with the settings of the app', async () => {
  const { twin, exchange } = await startHelpers(helpers);
  twin.faults.push({ status: 200, text: '{"ok":false,"error":"bad_redirect_uri"}' });
  await expect(exchange()).rejects.toThrow('Slack gave no token for the code: bad_redirect_uri.');
});
