import { createHmac } from 'node:crypto';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorld } from '../__fixtures__/make-world.ts';
import { now } from '../__fixtures__/trial.ts';
import type { PagerdutyConfig } from '../config.ts';
import { pagerduty } from '../connector.ts';
import { startPagerdutyTwin } from '../testing/start-pagerduty-twin.ts';
import { hintsOf } from './hints.ts';

const secret = 'the secret of the subscription';
let count = 0;

function eventOf(type: string, data: unknown = { id: 'Q1', service: { id: 'PS1' } }, id?: string) {
  count += 1;
  const [resource] = type.split('.');
  return {
    event: {
      id: id ?? `01EVENT${count}`,
      event_type: type,
      resource_type: resource,
      occurred_at: '2026-11-20T11:59:58.123Z',
      agent: null,
      data,
    },
  };
}

const signed = (body: Uint8Array, by: string) =>
  `v1=${createHmac('sha256', by).update(body).digest('hex')}`;

/** A request as PagerDuty sends it; `sign` may say otherwise. */
function delivery(payload: unknown, sign = (body: Uint8Array) => signed(body, secret)) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const body = new TextEncoder().encode(text);
  return {
    body,
    headers: {
      'X-PagerDuty-Signature': sign(body),
      'X-Webhook-Id': 'nobody signs this',
      'Content-Type': 'application/json',
    },
  };
}

async function inboxOf(webhookSecret: PagerdutyConfig['webhookSecret'] = secret) {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [pagerduty({ webhookSecret })],
    clock: createFakeClock(now),
  });
  onTestFinished(() => adjutant.close());
  const inbox = adjutant.webhooks();
  return async (request: ReturnType<typeof delivery>) => await inbox.receive('pagerduty', request);
}

describe('a delivery of PagerDuty', () => {
  it('is taken once, whatever the header calls it', async () => {
    const receive = await inboxOf();
    const payload = eventOf('incident.resolved');
    expect(await receive(delivery(payload))).toMatchObject({
      outcome: 'stored',
      event: 'incident.resolved',
    });
    const again = delivery(payload);
    again.headers['X-Webhook-Id'] = 'another one';
    expect(await receive(again)).toMatchObject({ outcome: 'duplicate' });
  });

  it('is taken with either secret while one is being changed', async () => {
    const receive = await inboxOf(['the new one', secret]);
    const both = (body: Uint8Array) => `${signed(body, 'unknown')},${signed(body, secret)}`;
    expect(await receive(delivery(eventOf('incident.triggered'), both))).toMatchObject({
      outcome: 'stored',
    });
    const withNew = (body: Uint8Array) => signed(body, 'the new one');
    expect(await receive(delivery(eventOf('incident.triggered'), withNew))).toMatchObject({
      outcome: 'stored',
    });
  });

  it.each([
    ['signed by somebody else', (body: Uint8Array) => signed(body, 'a guess')],
    ['signed in another version', (body: Uint8Array) => signed(body, secret).replace('v1', 'v0')],
    ['cut short', (body: Uint8Array) => signed(body, secret).slice(0, -2)],
    ['nonsense', () => ',,v1=,v1=zz'],
    [
      'beyond what is looked at',
      (body: Uint8Array) => `${'v1=00,'.repeat(50)}${signed(body, secret)}`,
    ],
  ])('whose signature is %s is refused', async (_, sign) => {
    const receive = await inboxOf();
    expect(await receive(delivery(eventOf('incident.resolved'), sign))).toMatchObject({
      outcome: 'refused',
      reason: 'wrong_signature',
    });
  });

  it('whose body was changed is refused', async () => {
    const receive = await inboxOf();
    const request = delivery(eventOf('incident.resolved'));
    request.body[20] = (request.body[20] ?? 0) ^ 1;
    expect(await receive(request)).toMatchObject({ reason: 'wrong_signature' });
  });

  it('is refused unsigned, unconfigured, and with an empty secret', async () => {
    const receive = await inboxOf();
    expect(await receive(delivery(eventOf('incident.resolved'), () => ''))).toMatchObject({
      reason: 'unsigned',
    });
    const adjutant = await createAdjutant({ store: ':memory:', connectors: [pagerduty({})] });
    onTestFinished(() => adjutant.close());
    const asked = delivery(eventOf('incident.resolved'));
    expect(await adjutant.webhooks().receive('pagerduty', asked)).toMatchObject({
      reason: 'not_configured',
    });
    const empty = await inboxOf(() => '');
    const signedByNothing = delivery(eventOf('incident.resolved'), (body) => signed(body, ''));
    expect(await empty(signedByNothing)).toMatchObject({ reason: 'wrong_signature' });
  });

  it.each(['', 'no json', '[]', '{}', '{"event":{"id":"a b","event_type":"incident.x"}}', 'null'])(
    'that is genuine garbage (%s) is malformed',
    async (text) => {
      const receive = await inboxOf();
      expect(await receive(delivery(text))).toMatchObject({ reason: 'malformed' });
    },
  );
});

describe('what a delivery hints at', () => {
  it.each([
    'incident.triggered',
    'incident.acknowledged',
    'incident.reopened',
    'incident.annotated',
    'incident.priority_updated',
  ])('%s: the incidents of its service', (type) => {
    expect(hintsOf(type, eventOf(type))).toEqual([{ scopeExternalId: 'PS1', stream: 'incidents' }]);
  });

  it('an incident without a service: those of all', () => {
    expect(hintsOf('incident.delegated', eventOf('incident.delegated', { id: 'Q1' }))).toEqual([
      { scopeExternalId: null, stream: 'incidents' },
    ]);
    expect(hintsOf('incident.delegated', eventOf('incident.delegated', 'odd'))).toEqual([
      { scopeExternalId: null, stream: 'incidents' },
    ]);
  });

  it.each(['incident.responder.added', 'pagey.ping', 'service.deleted', 'something.new'])(
    '%s: nothing',
    (type) => {
      expect(hintsOf(type, eventOf(type))).toEqual([]);
    },
  );

  it('garbage: nothing', () => {
    for (const garbage of [null, 7, 'x', [], {}, { event: null }, { event: { id: 1 } }]) {
      expect(hintsOf('incident.resolved', garbage)).toEqual([]);
    }
  });
});

describe('a hint of PagerDuty', () => {
  it('leads to a look at the incidents of its service, and to nothing that is not so', async () => {
    const clock = createFakeClock(now);
    const { data, checkout, ada } = makeWorld({ incidents: 10, to: now });
    const twin = await startPagerdutyTwin({ data, clock });
    const adjutant = await createAdjutant({
      store: ':memory:',
      connectors: [pagerduty({ baseUrl: twin.apiUrl, token: twin.token, webhookSecret: secret })],
      clock,
    });
    onTestFinished(async () => {
      await adjutant.close();
      await twin.close();
    });
    await adjutant.sync();
    clock.advance(3_600_000);
    const incident = data.addIncident(checkout, { createdAt: clock.now() - 60_000 });
    data.acknowledge(incident, ada, clock.now());
    // It says that the incident is resolved: what it says is not believed, only looked up.
    const told = eventOf('incident.resolved', {
      id: incident.id,
      status: 'resolved',
      service: { id: checkout.id },
    });
    const answer = await adjutant.webhooks().receive('pagerduty', delivery(told));
    expect(answer).toMatchObject({ outcome: 'stored', hints: 1 });
    const before = twin.requests.length;
    const pass = await adjutant.sync({ hinted: true });
    expect(pass.streams).toMatchObject([{ stream: 'incidents', scope: 'checkout', records: 1 }]);
    // Services, what is new, what is open, and the one history.
    expect(twin.requests.length - before).toBe(4);
  });
});
