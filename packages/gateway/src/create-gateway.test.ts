import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestAuthenticator } from '@adjutant/core/testing';
import { createGateway } from './create-gateway.ts';
import { partsOf } from './origin-parts.ts';
import {
  openPageWorld,
  type PageWorld,
  questionSchema,
  type TestBrowser,
  testOrigin,
} from './testing/page-world.ts';

let world: PageWorld;
beforeEach(async () => {
  world = await openPageWorld();
});
afterEach(() => world.close());

interface Shown {
  id: string;
  revision: number;
  payloadHash: string | null;
}

function decisionOf({ revision, payloadHash }: Shown, verdict: 'approve' | 'decline' = 'approve') {
  return { revision, payloadHash: payloadHash ?? '', verdict };
}

/** Does what the page's script does: asks for a challenge, uses the passkey, sends both. */
async function approveWithPasskey(
  browser: TestBrowser,
  action: Shown,
  device = world.device,
): Promise<Response> {
  const wanted = decisionOf(action);
  const question = questionSchema.parse(
    await (await browser.post(`/api/actions/${action.id}/challenge`, wanted)).json(),
  );
  const { challengeId } = question;
  const passkey = { challengeId, response: device.assert(question.options) };
  return browser.post(`/api/actions/${action.id}/decision`, { ...wanted, passkey });
}

async function errorOf(response: Response): Promise<{ status: number; text: string }> {
  return { status: response.status, text: JSON.stringify(await response.json()) };
}

describe('what every answer says to the browser', () => {
  test.each(['/sign-in', '/assets/page.js', '/assets/page.css', '/', '/no-such-page', '/api/none'])(
    '%s runs nothing inline, loads nothing from elsewhere, is framed by nobody and kept nowhere',
    async (path) => {
      const { headers } = await world.stranger().get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|nonce|https?:|data:|\*/);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('a file of the pages is kept by its version alone', async () => {
    const page = await (await world.stranger().get('/sign-in')).text();
    const [, address = ''] = /href="(\/assets\/page\.css[^"]*)"/.exec(page) ?? [];
    const keptAs = async (path: string) => {
      const { headers } = await world.stranger().get(path);
      expect(headers.get('content-type')).toBe('text/css; charset=utf-8');
      return headers.get('cache-control');
    };
    expect(address).toMatch(/\?v=[\w-]{12}$/);
    expect(await keptAs(address)).toBe('public, max-age=31536000, immutable');
    expect(await keptAs('/assets/page.css?v=of-last-year')).toBe('no-store');
  });

  test('no page has a script or style of its own in it', async () => {
    const browser = await world.signIn();
    const action = await world.propose('deploy.high', '<script>alert(1)</script>');
    for (const path of ['/', '/approvals', `/actions/${action.id}`, '/passkeys', '/sign-in']) {
      const html = await (await browser.get(path)).text();
      expect(html).not.toMatch(
        /<script(?! src="\/assets\/(?:page|dashboard)\.js\?v=[\w-]+")|<style|\son\w+=|\sstyle=/,
      );
    }
  });
});

describe('who may call', () => {
  test.each([
    ['another name for this machine', { host: 'evil.example:4747' }],
    ['the bare address', { host: '127.0.0.1:4747' }],
    ['another port', { host: 'localhost:4748' }],
  ])('a browser that was led here by %s is refused', async (_, headers) => {
    const browser = await world.signIn();
    expect((await browser.get('/', headers)).status).toBe(403);
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of localhost', { origin: 'http://localhost:3000' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another site, as the browser tells', { 'sec-fetch-site': 'same-site' }],
  ])('a change that %s sends is refused, session and token or not', async (_, headers) => {
    const browser = await world.signIn();
    const action = await world.propose('note.ask', 'hello');
    const path = `/api/actions/${action.id}/decision`;
    expect((await browser.post(path, decisionOf(action), headers)).status).toBe(403);
    expect(await world.read(action.id)).toMatchObject({ status: 'pending', decisions: [] });
  });

  test('a change without the page’s own token, or with another session’s, is refused', async () => {
    const browser = await world.signIn();
    const other = await world.signIn();
    const action = await world.propose('note.ask', 'hello');
    for (const token of ['', other.csrf, 'x'.repeat(43)]) {
      const answer = await browser.post(`/api/actions/${action.id}/decision`, decisionOf(action), {
        'x-adjutant-csrf': token,
      });
      expect(answer.status).toBe(403);
    }
    expect((await browser.get(`/actions/${action.id}`)).status).toBe(200);
  });

  test('nobody without a session sees or does anything', async () => {
    const action = await world.propose('note.ask', 'a secret plan');
    const stranger = world.stranger();
    for (const path of ['/', '/approvals', `/actions/${action.id}`, '/passkeys']) {
      const answer = await stranger.get(path);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('secret plan');
    }
    const bearer = { authorization: 'Bearer assistant', 'x-adjutant-viewer': 'owner:default' };
    const path = `/api/actions/${action.id}/decision`;
    expect((await stranger.post(path, decisionOf(action), bearer)).status).toBe(401);
    stranger.cookie = 'A'.repeat(43);
    expect((await stranger.post(path, decisionOf(action))).status).toBe(401);
  });

  test('an assistant has no way to a session', async () => {
    const agent = { kind: 'agent', name: 'assistant', sponsorPersonId: 'owner:default' } as const;
    await expect(world.signIn(agent)).rejects.toMatchObject({ code: 'Permission' });
  });

  test('a cookie that somebody planted beside the real one opens nothing', async () => {
    const browser = await world.signIn();
    const name = partsOf(testOrigin).cookieName;
    const cookie = `${name}=${'B'.repeat(43)}; ${name}=${browser.cookie ?? ''}`;
    expect((await browser.get('/', { cookie })).status).toBe(401);
  });

  test('a body that is too large, or no JSON, is refused', async () => {
    const browser = await world.signIn();
    const large = await browser.post('/api/session', { token: 'x'.repeat(600_000) });
    expect(large.status).toBe(400);
    const form = await browser.post('/api/session', {}, { 'content-type': 'text/plain' });
    expect(form.status).toBe(400);
  });
});

describe('signing in', () => {
  test('the cookie is for this page only and no script can read it', async () => {
    const { token } = await world.adjutant.approvers().createLoginLink(world.owner);
    const answer = await world.stranger().post('/api/session', { token });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^adjutant_4747=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/,
    );
  });

  test('a link works once and for five minutes', async () => {
    const approvers = world.adjutant.approvers();
    const { token } = await approvers.createLoginLink(world.owner);
    const stranger = world.stranger();
    expect((await stranger.post('/api/session', { token })).status).toBe(200);
    expect((await stranger.post('/api/session', { token })).status).toBe(401);
    const late = await approvers.createLoginLink(world.owner);
    world.clock.advance(5 * 60_000 + 1);
    expect((await stranger.post('/api/session', { token: late.token })).status).toBe(401);
  });

  test('another site cannot sign a browser in', async () => {
    const { token } = await world.adjutant.approvers().createLoginLink(world.owner);
    const answer = await world
      .stranger()
      .post('/api/session', { token }, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('signing out ends the session', async () => {
    const browser = await world.signIn();
    expect((await browser.post('/api/session/end', {})).status).toBe(200);
    expect((await browser.get('/')).status).toBe(401);
  });
});

describe('deciding', () => {
  test('mode "ask" is decided by the session alone, and it runs', async () => {
    const browser = await world.signIn();
    const action = await world.propose('note.ask', 'hello');
    const answer = await browser.post(`/api/actions/${action.id}/decision`, {
      ...decisionOf(action),
      reason: 'fine',
    });
    expect(answer.status).toBe(200);
    const done = await world.settled(action.id);
    expect(done).toMatchObject({
      status: 'executed',
      decisions: [{ surface: 'page', assurance: 'cooperative', reason: 'fine' }],
    });
    expect(world.sent).toEqual(['hello']);
  });

  test('high risk takes a passkey: without one it is refused with what to do', async () => {
    const browser = await world.signIn();
    const action = await world.propose('deploy.high', 'ship it');
    const path = `/api/actions/${action.id}`;
    const refused = await errorOf(await browser.post(`${path}/decision`, decisionOf(action)));
    expect(refused).toMatchObject({ status: 403 });
    expect(refused.text).toContain('Passkeys');
    expect((await browser.post(`${path}/challenge`, decisionOf(action))).status).toBe(403);
    const html = await (await browser.get(`/actions/${action.id}`)).text();
    expect(html).toContain('<button class="main" disabled>');
    await world.enrol(browser);
    expect((await approveWithPasskey(browser, action)).status).toBe(200);
    const done = await world.settled(action.id);
    expect(done).toMatchObject({ status: 'executed', decisions: [{ assurance: 'presence' }] });
    expect(world.sent).toEqual(['ship it']);
  });

  test('declining takes the session alone', async () => {
    const browser = await world.signIn();
    const action = await world.propose('deploy.high', 'ship it');
    const wanted = decisionOf(action, 'decline');
    expect((await browser.post(`/api/actions/${action.id}/decision`, wanted)).status).toBe(200);
    expect((await world.settled(action.id)).status).toBe('declined');
    expect(world.sent).toEqual([]);
  });

  test('an approval cannot be used again, for itself or for another action', async () => {
    const browser = await world.signIn();
    await world.enrol(browser);
    const first = await world.propose('deploy.high', 'one');
    const second = await world.propose('deploy.high', 'two');
    const wanted = decisionOf(first);
    const question = questionSchema.parse(
      await (await browser.post(`/api/actions/${first.id}/challenge`, wanted)).json(),
    );
    const { challengeId } = question;
    const passkey = { challengeId, response: world.device.assert(question.options) };
    const stolen = await browser.post(`/api/actions/${second.id}/decision`, {
      ...decisionOf(second),
      passkey,
    });
    expect(stolen.status).toBe(403);
    const changed = { ...wanted, payloadHash: second.payloadHash, passkey };
    expect((await browser.post(`/api/actions/${first.id}/decision`, changed)).ok).toBe(false);
    const spent = { ...wanted, passkey };
    expect((await browser.post(`/api/actions/${first.id}/decision`, spent)).status).toBe(200);
    expect((await world.settled(first.id)).status).toBe('executed');
    const again = await browser.post(`/api/actions/${second.id}/decision`, {
      ...decisionOf(second),
      passkey,
    });
    expect(again.status).toBe(403);
    expect(world.sent).toEqual(['one']);
  });

  test('a passkey that was used at another port, or too late, decides nothing', async () => {
    const browser = await world.signIn();
    await world.enrol(browser);
    const action = await world.propose('deploy.high', 'ship it');
    const elsewhere = createTestAuthenticator({ origin: 'http://localhost:3000' });
    const answer = await errorOf(await approveWithPasskey(browser, action, elsewhere));
    expect(answer).toMatchObject({ status: 403 });
    expect(answer.text).toContain('another address');
    const wanted = decisionOf(action);
    const question = questionSchema.parse(
      await (await browser.post(`/api/actions/${action.id}/challenge`, wanted)).json(),
    );
    world.clock.advance(5 * 60_000 + 1);
    const { challengeId } = question;
    const passkey = { challengeId, response: world.device.assert(question.options) };
    const late = await browser.post(`/api/actions/${action.id}/decision`, { ...wanted, passkey });
    expect(late.status).toBe(403);
    expect(world.sent).toEqual([]);
  });

  test('ids that somebody made up, and revisions that are over, get no challenge', async () => {
    const browser = await world.signIn();
    await world.enrol(browser);
    const action = await world.propose('deploy.high', 'ship it');
    const wanted = decisionOf(action);
    for (const id of ['made-up', '../passkeys', '%00', "' or 1=1"]) {
      const path = `/api/actions/${encodeURIComponent(id)}/challenge`;
      expect((await browser.post(path, wanted)).status).toBe(404);
    }
    const path = `/api/actions/${action.id}/challenge`;
    expect((await browser.post(path, { ...wanted, revision: 2 })).status).toBe(409);
    expect((await browser.post(path, { ...wanted, payloadHash: 'x' })).status).toBe(409);
  });

  test('a change makes a new revision, which is shown against the earlier one', async () => {
    const browser = await world.signIn();
    const action = await world.propose('note.ask', 'one\ntwo');
    const answer = await browser.post(`/api/actions/${action.id}/modification`, {
      revision: 1,
      payload: { text: 'one\nthree' },
      reason: 'two is wrong',
    });
    expect(await answer.json()).toMatchObject({ revision: 2 });
    const html = await (await browser.get(`/actions/${action.id}`)).text();
    expect(html).toContain('Changed since revision 1');
    expect(html).toContain('<span class="minus">  two</span>');
    expect(html).toContain('<span class="plus">  three</span>');
    expect(html).toContain('two is wrong');
    const stale = await browser.post(`/api/actions/${action.id}/decision`, decisionOf(action));
    expect(stale.ok).toBe(false);
  });
});

describe('what is shown', () => {
  test('facts of Adjutant first, warnings before the rest, recipients, the exact text, the reason of policy', async () => {
    const browser = await world.signIn();
    const text = 'first line\n  second <b>line</b>\u202e\nlast';
    const action = await world.propose('deploy.high', text, 'Trust me, <i>I checked</i>.');
    const html = await (await browser.get(`/actions/${action.id}`)).text();
    const places = [
      '1 of 3 red',
      'main &lt;protected&gt;',
      '#general &amp; everybody',
      'first line',
    ];
    const found = places.map((place) => html.indexOf(place));
    expect(found.every((place) => place > 0)).toBe(true);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(html).toContain('<div class="warning"><dt>Checks</dt>');
    expect(html).toContain(
      'first line\n  second &lt;b&gt;line&lt;/b&gt;<span class="unseen">U+202E</span>\nlast',
    );
    expect(html).toContain('unverified');
    expect(html.indexOf('Trust me, &lt;i&gt;I checked&lt;/i&gt;.')).toBeGreaterThan(
      html.indexOf('unverified'),
    );
    expect(html).toContain(action.policyReason ?? 'no reason');
    expect(html).toMatch(/Expires in \d+ \w+ \(2026-/);
    expect(html).toContain(action.payloadHash ?? 'no hash');
  });

  test('the queue has the riskiest first, then the oldest', async () => {
    const browser = await world.signIn();
    const low = await world.propose('note.ask', 'one');
    world.clock.advance(1_000);
    const older = await world.propose('deploy.high', 'two');
    world.clock.advance(1_000);
    const newer = await world.propose('deploy.high', 'three');
    const html = await (await browser.get('/approvals')).text();
    const places = [older, newer, low].map(({ id }) => html.indexOf(`/actions/${id}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(html).toContain('3 actions wait for a decision');
  });
});

describe('where it is served', () => {
  test.each([
    ['http://127.0.0.1:4747'],
    ['http://example.com'],
    ['https://localhost:4747/path'],
    ['localhost:4747'],
  ])('an origin at which passkeys do not work is refused: %s', (origin) => {
    expect(() => createGateway(world.adjutant, { clock: world.clock, origin })).toThrow(
      expect.objectContaining({ code: 'Configuration' }),
    );
  });
});
