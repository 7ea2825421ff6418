import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hourMs, makeSlackWorld, now, plantedSentence } from '../__fixtures__/slack-world.ts';
import { slack } from '../connector.ts';
import { startSlackTwin } from '../testing/start-slack-twin.ts';
import { hintsOf, keptOf } from './event.ts';
import { slackWebhooks } from './slack-webhooks.ts';
import { verifySlackSignature } from './verify-signature.ts';

const secret = 'a signing secret';
const seconds = Math.floor(now / 1_000);

function signed(body: string | Uint8Array, { by = secret, at = seconds } = {}) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signature = createHmac('sha256', by).update(`v0:${at}:`).update(bytes).digest('hex');
  const headers: Record<string, string> = {
    'X-Slack-Signature': `v0=${signature}`,
    'X-Slack-Request-Timestamp': String(at),
    'Content-Type': 'application/json',
  };
  return { headers, body: bytes };
}

function event(inner: object, id = 'Ev01'): string {
  const frame = { type: 'event_callback', team_id: 'T0ACME', event_time: seconds };
  return JSON.stringify({ ...frame, event_id: id, event: inner });
}

const said = {
  type: 'message',
  channel: 'C0WIDGETS',
  user: 'U0ADA',
  text: plantedSentence,
  ts: '1763640000.000100',
  blocks: [{ type: 'rich_text', text: plantedSentence }],
};

async function start(signingSecret: string | string[] | undefined = secret) {
  const folder = mkdtempSync(join(tmpdir(), 'slack-webhooks-'));
  const clock = createFakeClock(now);
  const world = makeSlackWorld();
  const twin = await startSlackTwin({ data: world.data, clock });
  const store = join(folder, 'store.db');
  const { baseUrl, token } = twin;
  const config = { channels: ['C0WIDGETS'], baseUrl, token, signingSecret };
  const adjutant = await createAdjutant({ store, connectors: [slack(config)], clock });
  onTestFinished(async () => {
    await adjutant.close();
    await twin.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await adjutant.sync();
  const bytesOfStore = (): string =>
    readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'latin1'))
      .join('\n');
  return { ...world, adjutant, inbox: adjutant.webhooks(), twin, clock, bytesOfStore };
}

describe('an event', () => {
  it('is kept once without a word of it, and the channel is looked at', async () => {
    const { adjutant, inbox, twin, data, widgets, clock, bytesOfStore } = await start();
    data.say(widgets, { at: now + hourMs, user: 'U0GRACE', text: 'Is it?' });
    clock.advance(2 * hourMs);
    const at = Math.floor(clock.now() / 1_000);
    expect(await inbox.receive('slack', signed(event(said), { at }))).toMatchObject({
      outcome: 'stored',
      event: 'message',
      hints: 1,
    });
    const again = signed(event(said), { at });
    again.headers['X-Slack-Retry-Num'] = '1';
    expect(await inbox.receive('slack', again)).toMatchObject({
      outcome: 'duplicate',
      status: 200,
    });
    const before = twin.requests.length;
    await adjutant.sync({ hinted: true });
    const read = twin.requests.slice(before).map(({ method }) => method);
    expect(read).toContain('conversations.history');
    expect(read).not.toContain('usergroups.list');
    const bytes = bytesOfStore();
    expect(bytes).toContain('1763640000.000100');
    expect(bytes).not.toContain(plantedSentence);
  });

  it('of a reply to an older question leads to the reply, within the hour of the last look', async () => {
    const { adjutant, inbox, twin, data, widgets, clock } = await start();
    const blocked = widgets.messages.find(({ text }) => text.includes('blocked'));
    if (blocked === undefined) throw new Error('The world is another one.');
    clock.advance(10 * 60_000);
    const reply = { at: clock.now(), user: 'U0ADA', text: 'Help is here.', threadTs: blocked.ts };
    const { ts } = data.say(widgets, reply);
    const body = event({ ...said, ts, thread_ts: blocked.ts }, 'Ev03');
    await inbox.receive('slack', signed(body, { at: Math.floor(clock.now() / 1_000) }));
    const before = twin.requests.length;
    await adjutant.sync({ hinted: true });
    const asked = twin.requests.slice(before);
    const threads = asked.filter(({ method }) => method === 'conversations.replies');
    expect(threads.map(({ parameters }) => parameters['ts'])).toEqual([blocked.ts]);
  });

  it('of a channel that the configuration does not name leaves nothing but that it came', async () => {
    const { inbox, bytesOfStore } = await start();
    const elsewhere = { ...said, channel: 'C0SECRET', ts: '1763640000.777000' };
    expect(await inbox.receive('slack', signed(event(elsewhere, 'Ev02')))).toMatchObject({
      outcome: 'stored',
      hints: 0,
    });
    const bytes = bytesOfStore();
    expect(bytes).toContain('Ev02');
    for (const word of ['C0SECRET', '1763640000.777000', plantedSentence]) {
      expect(bytes, word).not.toContain(word);
    }
  });

  it.each([
    [
      { type: 'reaction_added', item: { type: 'message', channel: 'C0WIDGETS', ts: '1.1' } },
      'threads',
    ],
    [{ type: 'channel_rename', channel: { id: 'C0WIDGETS', name: 'gadgets' } }, 'channels'],
    [{ type: 'channel_archive', channel: 'C0WIDGETS' }, 'channels'],
    [{ type: 'message', subtype: 'message_deleted', channel: 'C0WIDGETS' }, 'threads'],
  ])('hints at the stream that it is about (%j)', (inner, stream) => {
    const hints = hintsOf(inner.type, JSON.parse(event(inner)));
    expect(hints).toEqual([{ scopeExternalId: 'C0WIDGETS', stream }]);
  });

  it('of user groups hints at the workspace; any other at nothing', () => {
    expect(hintsOf('subteam_updated', JSON.parse(event({ type: 'subteam_updated' })))).toEqual([
      { scopeExternalId: 'T0ACME', stream: 'usergroups' },
    ]);
    expect(hintsOf('team_join', JSON.parse(event({ type: 'team_join' })))).toEqual([]);
    expect(hintsOf('constructor', JSON.parse(event(said)))).toEqual([]);
  });
});

describe('the question whether anybody is there', () => {
  const challenge = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P';
  const body = JSON.stringify({ type: 'url_verification', token: 'old', challenge });

  it('is answered where Slack asks, and to nobody else', async () => {
    const { inbox } = await start();
    expect(await inbox.receive('slack', signed(body))).toMatchObject({
      outcome: 'answered',
      status: 200,
      answer: { body: challenge, contentType: 'text/plain' },
    });
    const stranger = await inbox.receive('slack', signed(body, { by: 'another secret' }));
    expect(stranger).toMatchObject({ outcome: 'refused', status: 401 });
  });

  it('is not answered with what could be more than a word', async () => {
    const { inbox } = await start();
    const markup = JSON.stringify({ type: 'url_verification', challenge: '<script>' });
    expect(await inbox.receive('slack', signed(markup))).toMatchObject({ status: 400 });
  });
});

describe('a signature', () => {
  const body = new TextEncoder().encode(event(said));
  const verify = (
    headers: Readonly<Record<string, string>>,
    { raw = body, secrets = [secret], at = now } = {},
  ) => {
    const small = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return verifySlackSignature(raw, (name) => small[name] ?? null, secrets, at);
  };

  it("agrees with the example of Slack's own documentation", () => {
    const example =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const headers = {
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      'x-slack-request-timestamp': '1531420618',
    };
    const raw = new TextEncoder().encode(example);
    const secrets = ['8f742231b10e8888abcd99yyyzzz85a5'];
    expect(verify(headers, { raw, secrets, at: 1_531_420_618_000 })).toBe(null);
  });

  it('holds five minutes before and after', () => {
    const { headers } = signed(body);
    const at = seconds * 1_000;
    expect(verify(headers, { at: at + 300_000 })).toBe(null);
    expect(verify(headers, { at: at + 300_001 })).toBe('stale');
    expect(verify(headers, { at: at - 300_001 })).toBe('stale');
  });

  it('of either secret is taken while one is changed', () => {
    const secrets = ['the new one', secret];
    expect(verify(signed(body).headers, { secrets })).toBe(null);
    expect(verify(signed(body, { by: 'the new one' }).headers, { secrets })).toBe(null);
    expect(verify(signed(body, { by: '' }).headers, { secrets: [''] })).toBe('not_configured');
    expect(verify(signed(body).headers, { secrets: [] })).toBe('not_configured');
  });

  it('that is missing, malformed, or of another body, time or secret is refused', () => {
    const { headers } = signed(body);
    const given = headers['X-Slack-Signature'] ?? '';
    expect(verify({ ...headers, 'X-Slack-Signature': given.slice(0, -1) })).toBe('wrong_signature');
    expect(verify({ ...headers, 'X-Slack-Signature': given.toUpperCase() })).toBe(
      'wrong_signature',
    );
    expect(verify({ 'X-Slack-Signature': given })).toBe('unsigned');
    expect(verify({ 'X-Slack-Request-Timestamp': String(seconds) })).toBe('unsigned');
    expect(verify({ ...headers, 'X-Slack-Request-Timestamp': `${seconds + 1}` })).toBe(
      'wrong_signature',
    );
    expect(verify({ ...headers, 'X-Slack-Request-Timestamp': `${seconds}.0` })).toBe(
      'wrong_signature',
    );
    expect(verify(headers, { raw: new TextEncoder().encode('{}') })).toBe('wrong_signature');
    expect(verify(signed(body, { by: 'another' }).headers)).toBe('wrong_signature');
  });
});

describe('whatever anybody sends', () => {
  const config = slack({ channels: ['C0WIDGETS'], signingSecret: secret }).config as never;
  const take = async (headers: Readonly<Record<string, string>>, body: Uint8Array) => {
    const header = (name: string): string | null => headers[name] ?? null;
    return await slackWebhooks.verify({ config, header, body, now });
  };

  it('is genuine only where it is signed', async () => {
    const names = fc.constantFrom('x-slack-signature', 'x-slack-request-timestamp', 'other');
    const values = fc.oneof(
      fc.string(),
      fc.constant(String(seconds)),
      fc.stringMatching(/^v0=[0-9a-f]{64}$/),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, values), fc.uint8Array(), async (headers, body) => {
        expect((await take(headers, body)).isGenuine).toBe(false);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('never makes it fail, and never passes on what was said', async () => {
    const anything = fc.oneof(
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc.uint8Array(),
      fc
        .record(
          {
            type: fc.constantFrom('event_callback', 'url_verification', 'app_rate_limited', 'x'),
            event_id: fc.oneof(fc.string(), fc.constant('Ev01'), fc.integer()),
            challenge: fc.anything(),
            event: fc.oneof(
              fc.anything(),
              fc.record({
                type: fc.constantFrom('message', 'reaction_added', '__proto__'),
                text: fc.constant(plantedSentence),
                channel: fc.oneof(fc.anything(), fc.constant('C0WIDGETS')),
                ts: fc.oneof(fc.string(), fc.constant(plantedSentence)),
              }),
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) => new TextEncoder().encode(textOf(value))),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (body) => {
        const { headers } = signed(body);
        const small = Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const verdict = await take(small, body);
        if (!verdict.isGenuine || verdict.answer !== undefined) return;
        const payload: unknown = JSON.parse(new TextDecoder().decode(body));
        expect(Array.isArray(hintsOf(verdict.event, payload))).toBe(true);
        expect(JSON.stringify(keptOf(verdict.event, payload))).not.toContain(plantedSentence);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('is reduced and hints whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (name, payload) => {
        expect(Array.isArray(hintsOf(name, payload))).toBe(true);
        expect(JSON.stringify(keptOf(name, payload))).toBeTypeOf('string');
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

/** Values of which JSON knows nothing are nothing. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'bigint' || typeof part === 'symbol' ? null : part,
    );
  } catch {
    return '{}';
  }
}
