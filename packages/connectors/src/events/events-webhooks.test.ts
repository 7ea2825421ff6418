import { Webhook } from 'standardwebhooks';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployment, openInstallation, secret, signed, start } from './__fixtures__/sent-events.ts';
import { events } from './connector.ts';

const nextSecret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const stranger = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('signatures of events', () => {
  it('are taken within five minutes of our clock, and known when sent again', async () => {
    const { inbox } = await openInstallation();
    for (const [id, at] of [
      ['late', start - 301_000],
      ['early', start + 301_000],
    ] as const) {
      const answer = await inbox.receive('events', signed(id, deployment, at));
      expect(answer).toMatchObject({ reason: 'stale', status: 401 });
    }
    for (const [id, at] of [
      ['just in time', start - 300_000],
      ['ahead', start + 300_000],
    ] as const) {
      const request = signed(id.replaceAll(' ', '-'), deployment, at);
      expect(await inbox.receive('events', request)).toMatchObject({ outcome: 'stored' });
      expect(await inbox.receive('events', request)).toMatchObject({ outcome: 'duplicate' });
    }
  });

  it('may be of two keys while one is changed for the other', async () => {
    const connectors = [events({ webhookSecret: [nextSecret, () => secret] })];
    const { inbox } = await openInstallation({ connectors });
    for (const by of [[secret], [nextSecret], [secret, nextSecret], [stranger, secret]]) {
      const request = signed(`by-${by.length}-${by[0]?.at(10)}`, deployment, start, by);
      expect(await inbox.receive('events', request)).toMatchObject({ outcome: 'stored' });
    }
    const forged = signed('forged', deployment, start, [stranger]);
    expect(await inbox.receive('events', forged)).toMatchObject({ reason: 'wrong_signature' });
  });

  it('are over the id, the instant and the very bytes', async () => {
    const { inbox } = await openInstallation();
    const { headers, body } = signed('one', deployment);
    const moved = [
      { headers, body: bytes('{}') },
      { headers, body: bytes(`${new TextDecoder().decode(body)} `) },
      { body, headers: { ...headers, 'webhook-id': 'two' } },
      { body, headers: { ...headers, 'webhook-timestamp': String(start / 1_000 + 1) } },
      { body, headers: { ...headers, 'webhook-timestamp': `0${headers['webhook-timestamp']}` } },
      // The point between the parts is the sender's too: moved, it must not make another request.
      {
        body: bytes(`${start / 1_000}.{}`),
        headers: { ...headers, 'webhook-id': 'one.1' },
      },
    ];
    for (const request of moved) {
      expect(await inbox.receive('events', request)).toMatchObject({ reason: 'wrong_signature' });
    }
    for (const name of Object.keys(headers)) {
      const { [name]: _, ...rest } = headers;
      const answer = await inbox.receive('events', { body, headers: rest });
      expect(answer, name).toMatchObject({ reason: 'unsigned', status: 401 });
    }
    const twice = { ...headers, 'webhook-signature': [headers['webhook-signature'] ?? '', 'v1,x'] };
    expect(await inbox.receive('events', { body, headers: twice })).toMatchObject({
      reason: 'unsigned',
    });
  });

  it('of other versions are passed over', async () => {
    const { inbox } = await openInstallation();
    const { headers, body } = signed('one', deployment);
    const own = headers['webhook-signature'] ?? '';
    const other = { ...headers, 'webhook-signature': `v1a,${own.slice(3)} v2,${own.slice(3)}` };
    expect(await inbox.receive('events', { body, headers: other })).toMatchObject({
      reason: 'wrong_signature',
    });
    const both = { ...headers, 'webhook-signature': `v1a,abc ${own}` };
    expect(await inbox.receive('events', { body, headers: both })).toMatchObject({ status: 202 });
  });

  it('are written in one way only', async () => {
    const { inbox } = await openInstallation();
    const { headers, body } = signed('one', deployment);
    const own = headers['webhook-signature'] ?? '';
    // The last character of a digest carries four bits, so that others stand for the same bytes.
    const digest = Buffer.from(own.slice(3), 'base64');
    const alike = Array.from(
      { length: 64 },
      (_, place) => Buffer.from([place << 2]).toString('base64')[0],
    )
      .map((last) => `${own.slice(0, -2)}${last}=`)
      .filter((text) => text !== own && Buffer.from(text.slice(3), 'base64').equals(digest));
    expect(alike).toHaveLength(3);
    for (const signature of alike) {
      const request = { body, headers: { ...headers, 'webhook-signature': signature } };
      expect(await inbox.receive('events', request)).toMatchObject({ reason: 'wrong_signature' });
    }
  });

  it('are not looked at for a body of more than 64 kB', async () => {
    const { inbox } = await openInstallation();
    const event = { ...deployment, service: 'web' };
    const fits = JSON.stringify(event).padEnd(64 * 1_024, ' ');
    expect(await inbox.receive('events', signed('one', fits))).toMatchObject({ status: 202 });
    expect(await inbox.receive('events', signed('two', `${fits} `))).toMatchObject({
      reason: 'too_large',
      status: 413,
    });
    expect(inbox.largestBodyBytes('events')).toBe(65_536);
  });

  it('genuine, over what is no JSON or no text, are told so', async () => {
    const { inbox } = await openInstallation();
    expect(await inbox.receive('events', signed('one', '{"type":'))).toMatchObject({ status: 400 });
    const told = await inbox.receive('events', signed('two', '{"type":"deployment"}'));
    expect(told.problem).toMatch(/^id: .*; result: /);
  });
});

describe('secrets', () => {
  it.each([
    ['words', 'just words'],
    ['a short key', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['a long key', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['another alphabet', `whsec_${Buffer.alloc(32, 255).toString('base64url')}`],
  ])('that are %s are refused without being told', async (_, wrong) => {
    const configured = (): unknown => events({ webhookSecret: wrong });
    expect(configured).toThrow(/whsec_ and a key/);
    expect(configured).not.toThrow(wrong);
    const { adjutant, inbox } = await openInstallation({
      connectors: [events({ webhookSecret: () => wrong })],
    });
    const receiving = inbox.receive('events', signed('e-1', deployment));
    await expect(receiving).rejects.toMatchObject({ code: 'Configuration' });
    await expect(receiving).rejects.not.toThrow(wrong);
    const [report] = await adjutant.check();
    expect(report?.report.items).toMatchObject(
      [{ ok: false, hint: /whsec_/ }].map((item) => ({
        ...item,
        hint: expect.stringMatching(item.hint),
      })),
    );
  });

  it('that cannot be read are told of without what went wrong', async () => {
    const broken = (): string => {
      throw new Error('vault token s.abcdef');
    };
    const { adjutant } = await openInstallation({
      connectors: [events({ webhookSecret: broken })],
    });
    expect(JSON.stringify(await adjutant.check())).not.toContain('abcdef');
  });

  it('that are right are told of in the check', async () => {
    const { adjutant } = await openInstallation({
      connectors: [events({ webhookSecret: [secret, nextSecret] })],
    });
    const [report] = await adjutant.check();
    expect(report?.report.items).toMatchObject([
      { ok: true, message: expect.stringMatching(/2 secrets/) },
    ]);
  });
});

describe('whatever a stranger sends', () => {
  const header = fc.option(
    fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.constantFrom(String(start / 1_000), 'v1,', `v1,${'A'.repeat(43)}=`, 'one'),
      fc.array(fc.string(), { maxLength: 3 }),
    ),
    { nil: undefined },
  );

  it('is refused, and never breaks anything', async () => {
    const { inbox } = await openInstallation();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          'webhook-id': header,
          'webhook-timestamp': header,
          'webhook-signature': header,
        }),
        fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(bytes)),
        async (headers, body) => {
          const answer = await inbox.receive('events', { headers, body });
          expect(answer).toMatchObject({ outcome: 'refused', status: 401 });
          expect(answer).not.toHaveProperty('problem');
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });

  it('changed in one place, a genuine request is none', async () => {
    const { inbox } = await openInstallation();
    const { headers, body } = signed('one', deployment);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(body.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Uint8Array.from(body);
          changed[at] = (changed[at] ?? 0) ^ by;
          const answer = await inbox.receive('events', { headers, body: changed });
          expect(answer).toMatchObject({ reason: 'wrong_signature' });
        },
      ),
      { numRuns: 200, seed: 7 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature'),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (name, position, character) => {
          const value = headers[name] ?? '';
          const at = position % value.length;
          const changed = value.slice(0, at) + character + value.slice(at + 1);
          fc.pre(changed !== value);
          const request = { body, headers: { ...headers, [name]: changed } };
          expect(await inbox.receive('events', request)).toMatchObject({
            outcome: 'refused',
            status: 401,
          });
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});

it('signed events of any content are kept or refused in words, and syncing them never fails', async () => {
  const { adjutant, inbox } = await openInstallation();
  const webhook = new Webhook(secret);
  const instant = fc
    .date({ min: new Date(0), max: new Date(start), noInvalidDate: true })
    .map((date) => date.toISOString());
  /** Hardly ever anything at all. */
  const loose = <Value>(value: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() });
  const id = loose(fc.constantFrom('d-1', 'd-2', '__proto__', 'constructor', 'd:1'));
  const text = loose(fc.oneof(fc.string(), fc.string({ unit: 'binary' })));
  const plain = loose(fc.constantFrom('production', 'staging', 'web'));
  const repository = loose(fc.constantFrom('https://forge.example/acme/web', 'git@h:x'));
  const result = loose(fc.constantFrom('success', 'failure'));
  const build = { id, repository, result, finishedAt: loose(instant) };
  const event = fc.oneof(
    fc.record(
      { type: fc.constant('deployment'), environment: plain, service: text, ...build },
      { requiredKeys: ['type', 'id', 'result', 'finishedAt'] },
    ),
    fc.record({ type: fc.constant('build'), name: plain, ...build }),
    fc.record({ type: fc.constant('incident'), id, title: text, createdAt: loose(instant) }),
  );
  let number = 0;
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(event, fc.jsonValue()), async (payload) => {
      const deliveryId = `e-${(number += 1)}`;
      const body = JSON.stringify(payload);
      const answer = await inbox.receive('events', {
        body: bytes(body),
        headers: {
          'webhook-id': deliveryId,
          'webhook-timestamp': String(start / 1_000),
          'webhook-signature': webhook.sign(deliveryId, new Date(start), body),
        },
      });
      if (answer.outcome === 'stored') {
        stored += 1;
        return;
      }
      expect(answer).toMatchObject({ outcome: 'refused', reason: 'malformed' });
      expect(answer.problem?.length).toBeGreaterThan(0);
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(stored).toBeGreaterThan(100);
  const { streams } = await adjutant.sync();
  expect(streams).toMatchObject([{ outcome: 'complete' }]);
  const handle = adjutant.workspace().as(await adjutant.owner());
  expect((await handle.syncStatus()).meta.gaps).toEqual([]);
});
