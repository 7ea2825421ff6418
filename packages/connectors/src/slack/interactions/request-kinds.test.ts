import { createHmac } from 'node:crypto';
import { type ConfiguredConnector, createAdjutant, type InteractionRoute } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSlackWorld, now } from '../__fixtures__/slack-world.ts';
import { slack } from '../connector.ts';
import { type SlackTwin, startSlackTwin } from '../testing/start-slack-twin.ts';
import { createSlackDesk } from './create-slack-desk.ts';

// Everything here is signed: what is asked is which bytes, declared as what, are taken for what where.

const clock = createFakeClock(now);
let twin: SlackTwin;
let adjutant: Awaited<ReturnType<typeof createAdjutant>>;
let connector: ConfiguredConnector;

beforeAll(async () => {
  twin = await startSlackTwin({ data: makeSlackWorld().data, clock });
  const { baseUrl, token, writeToken, signingSecret } = twin;
  const approvals = { channel: 'C0WIDGETS', signingSecret };
  connector = slack({ channels: ['C0WIDGETS'], baseUrl, token, writeToken, approvals });
  adjutant = await createAdjutant({ store: ':memory:', connectors: [connector], clock });
  await adjutant.sync();
});
afterAll(async () => {
  await adjutant.close();
  await twin.close();
});

const press = JSON.stringify({
  type: 'block_actions',
  trigger_id: '1700000000.000001.abcdef',
  response_url: 'https://hooks.slack.com/actions/T0ACME/1/once',
  user: { id: 'U0ADA', team_id: 'T0ACME' },
  container: { type: 'message', channel_id: 'C0WIDGETS', message_ts: '1700000000.000001' },
  actions: [{ action_id: 'adjutant_of_another_version', action_ts: '1700000000.000001' }],
});
const command = {
  command: '/standup',
  text: '',
  trigger_id: '1700000000.000002.abcdef',
  user_id: 'U0ADA',
  team_id: 'T0ACME',
};
const form = (fields: [string, string][]) => new URLSearchParams(fields).toString();
const encoded = encodeURIComponent(press);
const bodies: Record<string, string> = {
  'a press': form([['payload', press]]),
  'a press, and more': form([
    ['payload', press],
    ['x', '1'],
  ]),
  'a press twice': form([
    ['payload', press],
    ['payload', press],
  ]),
  'an event that holds a press': JSON.stringify({
    type: 'message',
    text: `x&payload=${encoded}&y`,
  }),
  'a press as JSON': press,
  'a press that is not encoded': `payload=${press}`,
  'a line break before a press': `\r\n&payload=${encoded}`,
  'a command': form(Object.entries(command)),
  'a command with one field twice': form([...Object.entries(command), ['user_id', 'U0BEA']]),
  'a command as JSON': JSON.stringify(command),
};
const types = [
  'application/x-www-form-urlencoded',
  'Application/X-WWW-Form-URLencoded; charset=utf-8',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded, application/json',
  '',
];
const routes: readonly InteractionRoute[] = ['interactions', 'commands', 'events'];
const taken: Partial<Record<InteractionRoute, string>> = {
  interactions: 'a press',
  commands: 'a command',
};

describe.each(routes)('at %s', (route) => {
  describe.each(types)('as "%s"', (type) => {
    it.each(Object.keys(bodies))('%s is taken only for what it is', async (name) => {
      const body = new TextEncoder().encode(bodies[name]);
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const signature = createHmac('sha256', twin.signingSecret)
        .update(`v0:${timestamp}:`)
        .update(body)
        .digest('hex');
      // One of its own: what a desk has seen it does not do again.
      const desk = createSlackDesk({ adjutant, connector, clock });
      const received = await desk.receive(route, {
        headers: {
          'x-slack-signature': `v0=${signature}`,
          'x-slack-request-timestamp': timestamp,
          ...(type === '' ? {} : { 'content-type': type }),
        },
        body,
      });
      const isForm = /^application\/x-www-form-urlencoded(?:;|$)/i.test(type);
      const isRight = route === 'events' ? type === 'application/json' : isForm;
      if (!isRight) expect(received).toMatchObject({ reason: 'malformed', work: null });
      expect(received.work !== null).toBe(isRight && taken[route] === name);
    });
  });
});
