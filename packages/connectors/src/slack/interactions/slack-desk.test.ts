import { type ConfiguredConnector, createAdjutant } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSlackWorld, now } from '../__fixtures__/slack-world.ts';
import { slack } from '../connector.ts';
import { type SlackTwin, startSlackTwin } from '../testing/start-slack-twin.ts';
import type { SignedRequest } from '../testing/signed-requests.ts';
import { hooksOrigin } from './answer-person.ts';
import { createSlackDesk } from './create-slack-desk.ts';
import { readCommand, readPress } from './read-request.ts';

const clock = createFakeClock(now);
let twin: SlackTwin;
let connector: ConfiguredConnector;
let adjutant: Awaited<ReturnType<typeof createAdjutant>>;
let desk: ReturnType<typeof createSlackDesk>;
let logged: string[];

beforeEach(async () => {
  logged = [];
  twin = await startSlackTwin({ data: makeSlackWorld().data, clock });
  const { baseUrl, token, writeToken, signingSecret } = twin;
  const approvals = { channel: 'C0WIDGETS', signingSecret };
  connector = slack({ channels: ['C0WIDGETS'], baseUrl, token, writeToken, approvals });
  adjutant = await createAdjutant({ store: ':memory:', connectors: [connector], clock });
  await adjutant.sync();
  const logger = {
    log: (...line: unknown[]) => {
      logged.push(JSON.stringify(line));
    },
  };
  desk = createSlackDesk({ adjutant, connector, clock, logger });
});
afterEach(async () => {
  await adjutant.close();
  await twin.close();
});

async function ask(request: SignedRequest) {
  const received = await desk.receive('commands', request);
  await received.work?.();
  return { ...received, told: JSON.stringify(twin.answers) };
}

describe('a command', () => {
  it.each([
    ['/standup', 'Merged in the last 24 hours: 0'],
    ['/sprint-health', 'No sprint is known here'],
    ['/triage', 'is not set up here'],
    ['/ask', 'Write what you want to know'],
    ['/approvals', 'Nothing waits for a decision'],
  ])('%s is answered at once and then to the person alone', async (command, words) => {
    const received = await desk.receive('commands', twin.hands.command({ user: 'U0ADA', command }));
    expect(received).toMatchObject({ status: 200, body: { response_type: 'ephemeral' } });
    expect(twin.answers).toEqual([]);
    await received.work?.();
    expect(twin.answers).toHaveLength(1);
    expect(twin.answers[0]).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(twin.answers)).toContain(words);
  });

  it('of somebody whom nobody knows is answered with how to be known, and with nothing else', async () => {
    twin.data.addUser({ id: 'U0NEW' });
    const { told } = await ask(twin.hands.command({ user: 'U0NEW', command: '/standup' }));
    expect(told).toContain('adjutant people merge');
    expect(told).not.toContain('Merged');
  });

  it('of a program is not answered as a person’s', async () => {
    const { told } = await ask(twin.hands.command({ user: 'U0PAGER', command: '/standup' }));
    expect(told).toContain('adjutant people merge');
  });

  it('that is sent again is answered once', async () => {
    const request = twin.hands.command({ user: 'U0ADA', command: '/standup' });
    await ask(request);
    request.headers['x-slack-retry-num'] = '1';
    expect(await ask(request)).toMatchObject({ status: 200, work: null });
    expect(twin.answers).toHaveLength(1);
  });

  it('that nobody knows is named as such; the question for a certificate is only answered', async () => {
    expect((await ask(twin.hands.command({ user: 'U0ADA', command: '/dance' }))).told).toContain(
      'does not know',
    );
    expect(await ask(twin.hands.sign({ ssl_check: '1' }))).toMatchObject({
      status: 200,
      work: null,
    });
  });
});

describe('a request', () => {
  const press = () => twin.hands.sign({ payload: '{"type":"view_submission"}' });

  it('that is genuine and nothing of ours is answered, and nothing is done', async () => {
    expect(await desk.receive('interactions', press())).toMatchObject({ status: 200, work: null });
  });

  it.each([
    ['unsigned', (request: SignedRequest) => delete request.headers['x-slack-signature'], 401],
    [
      'wrong_signature',
      (request: SignedRequest) => {
        request.body = new TextEncoder().encode('payload=%7B%7D');
      },
      401,
    ],
    ['stale', () => clock.advance(301_000), 401],
    [
      'malformed',
      (request: SignedRequest) => {
        request.body = new Uint8Array(512 * 1_024 + 1);
      },
      400,
    ],
  ] as const)('that is %s is refused', async (reason, spoil, status) => {
    const request = press();
    spoil(request);
    expect(await desk.receive('interactions', request)).toMatchObject({
      reason,
      status,
      work: null,
    });
  });

  it('is not taken without a signing secret, nor with that of the app that reads', async () => {
    const { baseUrl, signingSecret } = twin;
    const without = slack({
      channels: ['C0WIDGETS'],
      baseUrl,
      signingSecret,
      approvals: { channel: 'C0WIDGETS' },
    });
    const other = createSlackDesk({ adjutant, connector: without, clock });
    expect(await other.receive('interactions', press())).toMatchObject({
      reason: 'not_configured',
      status: 404,
    });
  });

  it('whatever it is makes nothing crash, and nothing unsigned is taken', async () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.record({ payload: fc.oneof(fc.json(), pressJson()) }).map(formOf),
      fc
        .record({ command: fc.string(), user_id: fc.string(), response_url: fc.webUrl() })
        .map(formOf),
    );
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.dictionary(fc.string(), fc.string()),
        fc.boolean(),
        fc.constantFrom('interactions' as const, 'commands' as const),
        async (bytes, headers, isSigned, route) => {
          const before = twin.answers.length;
          const signed = isSigned
            ? twin.hands.sign({ payload: new TextDecoder().decode(bytes) })
            : null;
          const request = signed ?? { headers, body: bytes };
          const received = await desk.receive(route, request);
          if (signed === null) expect(received).toMatchObject({ status: 401, work: null });
          await received.work?.();
          expect(readPress(bytes)?.button.purpose ?? 'approve').toMatch(
            /approve|decline|modify|why/,
          );
          expect(readCommand(bytes)?.command ?? '/').toMatch(/^\//);
          if (signed === null) expect(twin.answers).toHaveLength(before);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe('an answer', () => {
  it('goes to no other host than Slack’s, and its address stands in no log', async () => {
    const elsewhere = 'http://127.0.0.1:9/actions/opens-something';
    const form = {
      command: '/ask',
      text: '',
      trigger_id: 't',
      user_id: 'U0ADA',
      team_id: 'T0ACME',
      response_url: elsewhere,
    };
    await ask(twin.hands.sign(form));
    expect(twin.answers).toEqual([]);
    expect(logged.join('\n')).toContain('not of Slack');
    expect(logged.join('\n')).not.toContain('opens-something');
  });

  it.each([
    ['https://slack.com/api/', 'https://hooks.slack.com'],
    ['https://slack-gov.com/api/', 'https://hooks.slack-gov.com'],
    ['https://proxy.example.com/slack/', 'https://proxy.example.com'],
  ])('for the API at %s goes to %s', (baseUrl, origin) => {
    expect(hooksOrigin({ baseUrl })).toBe(origin);
  });
});

function formOf(form: Record<string, string>): Uint8Array {
  return new TextEncoder().encode(new URLSearchParams(form).toString());
}

function pressJson(): fc.Arbitrary<string> {
  const pressed = fc.record({
    action_id: fc.constantFrom('adjutant_approve', 'adjutant_decline', 'other'),
    action_ts: fc.constantFrom('1763640000.000100', 'x'),
    value: fc.oneof(fc.string(), fc.constant('{"v":1,"a":"a","r":1,"h":"h","t":"t"}')),
  });
  return fc
    .record({
      type: fc.constantFrom('block_actions', 'view_submission'),
      trigger_id: fc.string(),
      response_url: fc.oneof(fc.webUrl(), fc.anything()),
      user: fc.oneof(fc.constant({ id: 'U0ADA', team_id: 'T0ACME' }), fc.anything()),
      actions: fc.array(pressed, { maxLength: 2 }),
    })
    .map((value) =>
      JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? 0 : part)),
    );
}
