import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import type { AdjutantEvent } from './adjutant-events.ts';
import { bothBuses } from './both-buses.ts';
import { createWebhookBus, type WebhookBusOptions } from './create-webhook-bus.ts';
import { webhookSignature } from './webhook-signature.ts';

const { signal } = new AbortController();
const clock = createFakeClock(Date.UTC(2026, 8, 1, 12));
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const older = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const address = 'https://hooks.example.com/in/t0ken-in-the-path?key=another';
const event: AdjutantEvent = {
  id: 'event-1',
  workspaceId: 'default',
  event: 'action.approved',
  subjectId: 'action-1',
  detail: { revision: 1 },
  at: Date.UTC(2026, 8, 1, 11),
  attempt: 3,
};

const addressOf = (url: string | URL | Request): string =>
  typeof url === 'string' ? url : url instanceof URL ? url.href : url.url;
const bodySchema = z.object({ type: z.string(), data: z.object({ subjectId: z.string() }) });
const read = (body: string) => bodySchema.parse(JSON.parse(body));

interface Sent {
  url: string;
  headers: Headers;
  body: string;
  redirect: string | undefined;
}

function bus(options: Partial<WebhookBusOptions> = {}, status = 204) {
  const sent: Sent[] = [];
  const made = createWebhookBus({
    url: address,
    credentials: async () => secret,
    clock,
    fetch: async (url, init) => {
      const body = typeof init?.body === 'string' ? init.body : '';
      const headers = new Headers(init?.headers);
      sent.push({ url: addressOf(url), headers, body, redirect: init?.redirect });
      return new Response(null, { status });
    },
    ...options,
  });
  return { made, sent };
}

/** As a receiver would, with the other implementation of the machine and none of ours. */
async function verifies({ headers, body }: Pick<Sent, 'headers' | 'body'>, key: string) {
  const raw = Uint8Array.from(atob(key.replace('whsec_', '')), (letter) => letter.charCodeAt(0));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify']);
  const text = `${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${body}`;
  const found = await Promise.all(
    (headers.get('webhook-signature') ?? '').split(' ').map((one) => {
      const [version, signature = ''] = one.split(',');
      expect(version).toBe('v1');
      const bytes = Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
      return crypto.subtle.verify('HMAC', imported, bytes, new TextEncoder().encode(text));
    }),
  );
  return found.includes(true);
}

test('the signature is the one that the scheme publishes for its example', () => {
  const example = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(webhookSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', example)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('an event is posted once, signed over id, time of the attempt and body', async () => {
  const { made, sent } = bus();
  await made.publish(event, signal);
  const [only] = sent;
  if (only === undefined) throw new Error('nothing was sent');
  expect(sent).toHaveLength(1);
  expect(only.url).toBe(address);
  expect(only.redirect).toBe('manual');
  expect(only.headers.get('webhook-id')).toBe('event-1');
  expect(only.headers.get('webhook-timestamp')).toBe(String(clock.now() / 1_000));
  expect(JSON.parse(only.body)).toEqual({
    type: 'action.approved',
    timestamp: '2026-09-01T11:00:00.000Z',
    data: {
      id: 'event-1',
      workspaceId: 'default',
      subjectId: 'action-1',
      detail: { revision: 1 },
    },
  });
  expect(await verifies(only, secret)).toBe(true);
  expect(await verifies(only, older)).toBe(false);
  expect(await verifies({ ...only, body: `${only.body} ` }, secret)).toBe(false);
  const later = new Headers(only.headers);
  later.set('webhook-timestamp', String(clock.now() / 1_000 + 1));
  expect(await verifies({ ...only, headers: later }, secret)).toBe(false);
});

test('while a secret is changed, both verify; the next delivery asks for it anew', async () => {
  let held = `${secret} ${older}`;
  const asked: unknown[] = [];
  const { made, sent } = bus({
    credentials: async (request) => {
      asked.push(request);
      return held;
    },
  });
  await made.publish(event, signal);
  held = secret;
  await made.publish(event, signal);
  const [both, one] = sent;
  if (both === undefined || one === undefined) throw new Error('not sent twice');
  expect([await verifies(both, secret), await verifies(both, older)]).toEqual([true, true]);
  expect([await verifies(one, secret), await verifies(one, older)]).toEqual([true, false]);
  expect(asked[0]).toEqual({ source: 'webhook', purpose: 'write', host: 'hooks.example.com' });
});

test.each([302, 400, 410, 500])(
  'an answer of %i is no yes, and says no more than that',
  async (status) => {
    const { made } = bus({}, status);
    const error = await made.publish(event, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'Upstream', status });
    const { message, hint } = error as { message: string; hint: string };
    expect(message).toBe(`The webhook at hooks.example.com answered ${status}.`);
    expect(`${message}${hint}`).not.toMatch(/t0ken|another|whsec/);
  },
);

test('who cannot be reached is named by host alone', async () => {
  const { made } = bus({ fetch: () => Promise.reject(new TypeError('fetch failed')) });
  await expect(made.publish(event, signal)).rejects.toMatchObject({
    code: 'Upstream',
    message: 'The webhook at hooks.example.com could not be reached.',
  });
});

test('without a secret, or with none of the scheme, nothing is sent', async () => {
  for (const held of [null, '', 'whsec_short', `whsec_${'?'.repeat(40)}`]) {
    const { made, sent } = bus({ credentials: async () => held });
    const error = await made.publish(event, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'Configuration' });
    if (held) expect(String(error)).not.toContain(held);
    expect(sent).toEqual([]);
  }
});

test.each([
  'http://hooks.example.com/in',
  'http://127.0.0.1.example.com/in',
  'https://user:word@hooks.example.com/in',
  'ftp://hooks.example.com/in',
  'hooks.example.com',
])('%s is no address for it', (url) => {
  expect(() => bus({ url })).toThrow(expect.objectContaining({ code: 'Configuration' }));
});

test('what nobody wants is not sent', async () => {
  const { made, sent } = bus({ events: ['action.executed'] });
  await made.publish(event, signal);
  await made.publish({ ...event, event: 'action.executed' }, signal);
  expect(sent).toHaveLength(1);
});

test('over the wire no redirect is followed', async () => {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`);
    request.resume();
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const made = createWebhookBus({
    url: `http://127.0.0.1:${port}/in`,
    credentials: async () => secret,
  });
  await expect(made.publish(event, signal)).rejects.toMatchObject({ status: 307 });
  expect(paths).toEqual(['POST /in']);
});

test('of two buses the one that failed gets it again, and the other does not', async () => {
  const taken: string[] = [];
  let broken = true;
  const buses = bothBuses(
    {
      async publish({ id }) {
        if (broken) throw new Error('no');
        taken.push(`first ${id}`);
      },
    },
    { publish: async ({ id }) => void taken.push(`second ${id}`) },
  );
  await expect(buses.publish(event, signal)).rejects.toThrow('no');
  broken = false;
  await buses.publish(event, signal);
  expect(taken).toEqual(['second event-1', 'first event-1']);
});

test('through the outbox a receiver that fails at first gets every event at least once', async () => {
  const got: Sent[] = [];
  let refusals = 2;
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    random: () => 0.5,
    eventBus: bus({
      fetch: async (url, init) => {
        if (refusals-- > 0) return new Response(null, { status: 503 });
        const body = typeof init?.body === 'string' ? init.body : '';
        got.push({ url: addressOf(url), headers: new Headers(init?.headers), body, redirect: '' });
        return new Response(null, { status: 200 });
      },
    }).made,
  });
  onTestFinished(() => adjutant.close());
  const { actions } = adjutant.workspace().as(await adjutant.owner());
  const note = { title: 'Monday', body: 'Ask about reviews.' };
  const { id } = await actions.propose({
    type: 'note.draft',
    payload: note,
    idempotencyKey: 'note-1',
  });
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  const types = () => got.map(({ body }) => read(body).type);
  while (!types().includes('action.executed')) {
    clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  ended.abort();
  await working;
  expect(types().slice(0, 2)).toEqual(['action.proposed', 'action.prepared']);
  for (const one of got) {
    expect(await verifies(one, secret)).toBe(true);
    expect(read(one.body).data.subjectId).toBe(id);
    expect(one.body).not.toContain('Ask about reviews');
  }
});
