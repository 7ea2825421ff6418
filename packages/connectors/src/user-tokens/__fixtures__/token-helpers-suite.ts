import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Adjutant,
  AdjutantError,
  type Clock,
  createAdjutant,
  environmentKeys,
} from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TokenRefresherOptions, UserTokenRefresher } from '../create-token-refresher.ts';
import type { UserTokens } from '../user-tokens.ts';
import {
  type AuthorizationTwin,
  type Dialect,
  startAuthorizationTwin,
} from './start-authorization-twin.ts';

interface Exchange {
  clientId: string;
  clientSecret: string;
  redirectUrl: string;
  returned: { code?: string | null; state?: string | null; error?: string | null };
  remembered: { state: string };
  clock: Clock;
}

/** The helpers of one vendor, turned to a server at an address on this machine. */
export interface HelpersUnderTest {
  title: string;
  dialect: Dialect;
  /** Words for trouble that passes, which must not end an authorization. */
  passingRefusal: { status: number; text: string };
  authorizationUrl(
    url: string,
    options: { clientId: string; redirectUrl: string },
  ): { url: string; state: string };
  exchangeCode(url: string, exchange: Exchange): Promise<UserTokens>;
  createRefresher(url: string, options: TokenRefresherOptions): UserTokenRefresher;
  /** The only host that tokens are handed out for. */
  apiHostOf(url: string): string;
}

const redirectUrl = 'https://host.example.com/back';
const name = 'connector:of-a-test:user:42';
const keyText = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const minuteMs = 60_000;

/** Starts a twin and opens a store, for the helpers of one vendor. */
export async function startHelpers(helpers: HelpersUnderTest) {
  const clock = createFakeClock(Date.UTC(2026, 10, 1));
  const twin = await startAuthorizationTwin(helpers.dialect, clock);
  const folder = await mkdtemp(join(tmpdir(), 'user-tokens-'));
  const logged: string[] = [];
  const opened: Adjutant[] = [];
  onTestFinished(async () => {
    for (const adjutant of opened) await adjutant.close();
    await twin.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { clientId, clientSecret } = twin;
  const authorize = () => {
    const remembered = helpers.authorizationUrl(twin.url, { clientId, redirectUrl });
    return { remembered, returned: twin.approve(remembered.url) };
  };
  const exchange = (more: Partial<Exchange> = {}) =>
    helpers.exchangeCode(twin.url, {
      ...{ clientId, clientSecret, redirectUrl, clock },
      ...authorize(),
      ...more,
    });
  /** As one more process over the same store. */
  const open = async (more: Partial<TokenRefresherOptions> = {}) => {
    const adjutant = await createAdjutant({
      store: join(folder, 'store.db'),
      clock,
      keyProvider: environmentKeys({ ADJUTANT_KEYS: keyText }),
    });
    opened.push(adjutant);
    const refresher = helpers.createRefresher(twin.url, {
      secrets: adjutant.secrets({ kind: 'system' }),
      ...{ name, clientId, clientSecret, clock },
      logger: { log: (_, message, detail) => logged.push(`${message} ${JSON.stringify(detail)}`) },
      ...more,
    });
    return { adjutant, refresher };
  };
  return { clock, twin, folder, logged, authorize, exchange, open };
}

/** Fails where anything that was ever given or sent stands in a text. */
function expectNoSecret(text: string, { asked, clientSecret }: AuthorizationTwin): void {
  expect(text).not.toMatch(/(?:acc|ref|code)-secret/);
  expect(text).not.toContain(clientSecret);
  for (const { client_secret: sent } of asked) expect(text).not.toContain(sent);
}

async function errorOf(work: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!AdjutantError.isInstance(error)) throw new Error('It was not refused.');
  const { code, message, hint, stack } = error;
  return { code, text: [message, hint, stack, JSON.stringify(error), error.cause].join('\n') };
}

/** What holds of the helpers of every vendor. */
export function describeTokenHelpers(helpers: HelpersUnderTest): void {
  describeAuthorizing(helpers);
  describeRefreshing(helpers);
  describeKeeping(helpers);
}

function describeAuthorizing(helpers: HelpersUnderTest): void {
  const start = () => startHelpers(helpers);
  describe(`authorizing at ${helpers.title}`, () => {
    it('leads to tokens, with a state that is another one each time', async () => {
      const { authorize, exchange, twin, clock } = await start();
      const [first, second] = [authorize().remembered, authorize().remembered];
      expect(first.state.length).toBeGreaterThanOrEqual(43);
      expect(first.state).not.toBe(second.state);
      const tokens = await exchange();
      expect(twin.isAccepted(tokens.accessToken)).toBe(true);
      expect(tokens.expiresAt).toBe(clock.now() + twin.accessTokenMs);
    });

    it('with another state asks nothing', async () => {
      const { authorize, exchange, twin } = await start();
      const { remembered, returned } = authorize();
      for (const state of ['', null, 'x', `${remembered.state}x`]) {
        const { code } = await errorOf(exchange({ remembered, returned: { ...returned, state } }));
        expect(code).toBe('Authentication');
      }
      const nothing = { remembered: { state: '' }, returned: { ...returned, state: '' } };
      expect((await errorOf(exchange(nothing))).code).toBe('Authentication');
      expect(twin.requests).toBe(0);
    });

    it('takes a code once, and none that comes with an error', async () => {
      const { authorize, exchange, twin } = await start();
      const back = authorize();
      await exchange(back);
      const again = await errorOf(exchange(back));
      expect(again).toMatchObject({ code: 'Authentication' });
      expect(again.text).toContain('does not take the code');
      expectNoSecret(again.text, twin);
      expect(twin.asked).toHaveLength(2);
      const { state } = back.remembered;
      for (const returned of [
        { state, error: 'access_denied', code: null },
        { state, error: 'access_denied', code: 'code-secret-of-somebody' },
        { state, code: 'with a space' },
        { state },
      ]) {
        const no = await errorOf(exchange({ ...back, returned }));
        expect(no.code).toBe('Authentication');
        expect(no.text).toContain('did not let');
      }
      expect(twin.asked).toHaveLength(2);
    });

    it('says of a wrong secret that it is the app, and does not show it', async () => {
      const { exchange, twin } = await start();
      const { code, text } = await errorOf(exchange({ clientSecret: 'canary-of-the-app' }));
      expect(code).toBe('Configuration');
      expectNoSecret(text, twin);
    });

    it('quotes nothing of what was sent, whatever repeats it', async () => {
      const { exchange, twin } = await start();
      const { clientSecret } = twin;
      const tell = (error: string) => ({ status: 400, text: JSON.stringify({ ok: false, error }) });
      twin.faults.push(tell(clientSecret), tell(`bad ${clientSecret} bad`), tell('code-secret-3-x'));
      for (let time = 1; time <= 3; time += 1) {
        const { code, text } = await errorOf(exchange());
        expect(code).toBe('Upstream');
        expectNoSecret(text, twin);
      }
      twin.faults.push(tell('of_letters_alone'), tell('some_word_of_its'));
      const repeated = await errorOf(exchange({ clientSecret: 'letters_alone' }));
      expect(repeated.text).not.toContain('letters_alone');
      expect((await errorOf(exchange())).text).toContain('some_word_of_its');
      twin.faults.push('lost');
      expectNoSecret((await errorOf(exchange())).text, twin);
    });

    it('does not follow a redirect, and takes no token out of what is none', async () => {
      const { exchange, twin } = await start();
      const headers = { location: `${twin.url}/elsewhere` };
      twin.faults.push(
        { status: 302, text: '', headers },
        { status: 308, text: '', headers },
        { status: 200, text: '<html>' },
        { status: 200, text: '{"ok":true}' },
        { status: 200, text: '{"ok":true,"access_token":"with a space"}' },
        { status: 200, text: '{"ok":true,"access_token":"a","refresh_token":"a\\nb"}' },
        { status: 500, text: '{"ok":true,"access_token":"acc-secret-of-no-one"}' },
        { status: 200, text: `{"ok":true,"access_token":"${'y'.repeat(20_001)}"}` },
      );
      const faults = twin.faults.length;
      for (let time = 1; time <= faults; time += 1) {
        expect((await errorOf(exchange())).code).toBe('Upstream');
      }
      expect(twin.requests).toBe(faults);
    });

    it('needs https, except on this machine', () => {
      const ask = () =>
        helpers.authorizationUrl('http://example.com', { clientId: 'c', redirectUrl });
      expect(ask).toThrow('must be https');
    });
  });
}

function describeRefreshing(helpers: HelpersUnderTest): void {
  const start = () => startHelpers(helpers);
  describe(`refreshing at ${helpers.title}`, () => {
    it('gives the token while it is good, and its successor before it runs out', async () => {
      const { clock, twin, exchange, open } = await start();
      const { refresher } = await open();
      const tokens = await exchange();
      await refresher.keep(tokens);
      expect(await refresher.token()).toBe(tokens.accessToken);
      clock.advance(twin.accessTokenMs - 5 * minuteMs);
      const next = await refresher.token(helpers.apiHostOf(twin.url));
      expect(next).not.toBe(tokens.accessToken);
      expect(twin.isAccepted(next)).toBe(true);
      clock.advance(twin.accessTokenMs);
      expect(await refresher.token()).not.toBe(next);
      // Each refresh token once, and always the newest.
      expect(twin.refreshes).toEqual(['ref-secret-1-x', 'ref-secret-2-x']);
    });

    it('stores what it got before anybody uses it', async () => {
      const { clock, twin, exchange, open } = await start();
      const { adjutant } = await open();
      const secrets = adjutant.secrets({ kind: 'system' });
      const before = secrets.renew;
      const atHand: (string | null)[] = [];
      const { refresher } = await open({
        secrets: {
          ...secrets,
          async renew(of, renewal) {
            const given = await before(of, renewal);
            atHand.push(given, await secrets.get(of));
            return given;
          },
        },
      });
      await refresher.keep(await exchange());
      clock.advance(twin.accessTokenMs);
      const token = await refresher.token();
      expect(atHand[0]).toBe(atHand[1]);
      expect(atHand[1]?.split('\n').slice(0, 2)).toEqual([token, 'ref-secret-2-x']);
    });

    it('of two processes spends a refresh token once, time after time', async () => {
      const { clock, twin, exchange, open } = await start();
      const [one, other] = [await open(), await open()];
      await one.refresher.keep(await exchange());
      for (let round = 1; round <= 3; round += 1) {
        clock.advance(twin.accessTokenMs);
        const given = await Promise.all(
          [one, other, one, other].map(({ refresher }) => refresher.token()),
        );
        expect(new Set(given).size).toBe(1);
        expect(twin.isAccepted(given[0] ?? '')).toBe(true);
        expect(twin.refreshes).toHaveLength(round);
      }
      expect(new Set(twin.refreshes).size).toBe(3);
      const { audit } = one.adjutant.workspace().as(await one.adjutant.owner());
      expect(await audit.list({ event: 'plumbing.token_refresh' })).toMatchObject({ total: 3 });
    });

    it('says once that an authorization has ended, and never sends its refresh token again', async () => {
      const { clock, twin, exchange, open, logged } = await start();
      const [one, other] = [await open(), await open()];
      await one.refresher.keep(await exchange());
      twin.revokeAll();
      clock.advance(twin.accessTokenMs);
      for (const { refresher } of [one, other, one]) {
        const { code, text } = await errorOf(refresher.token());
        expect(code).toBe('Authentication');
        expect(text).toContain('authorizationUrl');
        expectNoSecret(text, twin);
      }
      expect(twin.refreshes).toHaveLength(1);
      expect(logged).toHaveLength(1);
      expect(logged[0]).toContain(`authorize the app at ${helpers.title} again`);
      expectNoSecret(logged.join('\n'), twin);
      await other.refresher.keep(await exchange());
      expect(twin.isAccepted(await one.refresher.token())).toBe(true);
    });

    it('whose answer was lost asks once more, and goes on where the server lets it', async () => {
      const { clock, twin, exchange, open, logged } = await start();
      const { refresher } = await open();
      await refresher.keep(await exchange());
      twin.leewayMs = 10 * minuteMs;
      clock.advance(twin.accessTokenMs);
      twin.faults.push('lost');
      expect((await errorOf(refresher.token())).code).toBe('Upstream');
      clock.advance(minuteMs);
      expect(twin.isAccepted(await refresher.token())).toBe(true);
      expect(twin.refreshes).toEqual(['ref-secret-1-x', 'ref-secret-1-x']);
      expect(logged).toEqual([]);
    });

    it('whose answer was lost ends where the server does not', async () => {
      const { clock, twin, exchange, open, logged } = await start();
      const { refresher } = await open();
      await refresher.keep(await exchange());
      clock.advance(twin.accessTokenMs);
      twin.faults.push('lost');
      expect((await errorOf(refresher.token())).code).toBe('Upstream');
      for (let time = 1; time <= 3; time += 1) {
        expect((await errorOf(refresher.token())).code).toBe('Authentication');
      }
      expect(twin.refreshes).toHaveLength(2);
      expect(logged).toHaveLength(1);
    });

    it('goes on with a token that is good for some minutes while refreshing fails', async () => {
      const { clock, twin, exchange, open, logged } = await start();
      const { refresher } = await open();
      const tokens = await exchange();
      await refresher.keep(tokens);
      clock.advance(twin.accessTokenMs - 5 * minuteMs);
      twin.faults.push({ status: 503, text: 'busy' }, helpers.passingRefusal);
      expect(await refresher.token()).toBe(tokens.accessToken);
      expect(await refresher.token()).toBe(tokens.accessToken);
      expect(twin.refreshes).toHaveLength(1);
      clock.advance(5 * minuteMs);
      expect((await errorOf(refresher.token())).code).toBe('Upstream');
      expect(twin.isAccepted(await refresher.token())).toBe(true);
      expectNoSecret(logged.join('\n'), twin);
    });

    it('does not end an authorization because the secret of the app is wrong', async () => {
      const { clock, twin, exchange, open } = await start();
      const wrong = await open({ clientSecret: 'canary-of-the-app' });
      await wrong.refresher.keep(await exchange());
      clock.advance(twin.accessTokenMs);
      const { code, text } = await errorOf(wrong.refresher.token());
      expect(code).toBe('Configuration');
      expectNoSecret(text, twin);
      const { refresher } = await open();
      expect(twin.isAccepted(await refresher.token())).toBe(true);
    });
  });
}

function describeKeeping(helpers: HelpersUnderTest): void {
  const start = () => startHelpers(helpers);
  describe(`tokens of ${helpers.title} that are kept`, () => {
    it('go to the one host, and are there only after they were given', async () => {
      const { twin, exchange, open } = await start();
      const { refresher } = await open();
      expect((await errorOf(refresher.token())).code).toBe('Authentication');
      const { accessToken } = await exchange();
      await refresher.keep({
        ...{ accessToken, expiresAt: null, refreshToken: null, refreshExpiresAt: null },
      });
      const elsewhere = await errorOf(refresher.token('api.example.com'));
      expect(elsewhere.code).toBe('Configuration');
      expectNoSecret(elsewhere.text, twin);
      expect(await refresher.token(helpers.apiHostOf(twin.url))).toBe(accessToken);
      await refresher.forget();
      expect((await errorOf(refresher.token())).code).toBe('Authentication');
    });

    it('cannot be read in what the store holds', async () => {
      const { clock, twin, folder, exchange, open } = await start();
      const { adjutant, refresher } = await open();
      await refresher.keep(await exchange());
      clock.advance(twin.accessTokenMs);
      await refresher.token();
      await adjutant.close();
      // In one go: a closed store lets its files go when the driver's statements are collected.
      const bytes = Buffer.concat(
        readdirSync(folder).map((file) => readFileSync(join(folder, file))),
      );
      expect(bytes.includes(name)).toBe(true);
      const kept = ['acc-secret', 'ref-secret', twin.clientSecret];
      for (const secret of kept) {
        for (const encoding of ['utf8', 'hex', 'base64'] as const) {
          const written = Buffer.from(secret).toString(encoding).replace(/=*$/, '');
          expect(bytes.includes(written)).toBe(false);
        }
      }
    });
  });
}
