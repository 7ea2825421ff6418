import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { slack } from '@adjutant/connectors/slack';
import {
  createSlackData,
  type SignedRequest,
  type SlackTwin,
  startSlackTwin,
  type TwinChannel,
} from '@adjutant/connectors/testing';
import { createAdjutant, systemClock } from '@adjutant/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
const eventsSecret = 'the-secret-of-the-app-that-reads';
let folder: string;
let twin: SlackTwin;
let approvals: TwinChannel;
let program: ChildProcess;
let url: string;

function environment(): Record<string, string> {
  return {
    BOT_STORE: join(folder, 'adjutant.db'),
    BOT_POLICY: join(folder, 'policy.yaml'),
    SLACK_CHANNELS: 'C0TEAM',
    SLACK_APPROVALS_CHANNEL: 'C0APPROVE',
    SLACK_TOKEN: twin.token,
    SLACK_WRITE_TOKEN: twin.writeToken,
    SLACK_SIGNING_SECRET: twin.signingSecret,
    SLACK_EVENTS_SECRET: eventsSecret,
    SLACK_API_URL: twin.baseUrl,
    PORT: '0',
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-slack-bot-'));
  const policy = 'actions: { message.post: { risk: high, mode: require_approval } }\n';
  writeFileSync(join(folder, 'policy.yaml'), policy);
  const data = createSlackData();
  data.addUser({ id: 'U0ADA', name: 'ada', realName: 'Ada', email: 'ada@acme.example' });
  const members = ['U0ADA', 'UREADER01', 'UWRITER01'];
  data.addChannel({ id: 'C0TEAM', name: 'team', members });
  approvals = data.addChannel({ id: 'C0APPROVE', name: 'approvals', kind: 'private', members });
  twin = await startSlackTwin({ data, clock: systemClock });
  program = spawn(process.execPath, ['--conditions=@adjutant/source', main], {
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (program.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface(program.stdout)) {
    url = line.replace('Slack at ', '');
    break;
  }
});

afterAll(async () => {
  program.kill('SIGTERM');
  await once(program, 'exit');
  await twin.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(path: string, { headers, body }: SignedRequest) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  });
  return { status: response.status, text: await response.text() };
}

/** An event as the app that reads sends it. */
function event(inner: Readonly<Record<string, string>>, secret = eventsSecret): SignedRequest {
  const message = { type: 'message', channel_type: 'channel', ...inner };
  const eventId = `Ev${inner['ts']?.replace('.', '')}`;
  const payload = { type: 'event_callback', team_id: 'T0ACME', event_id: eventId, event: message };
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const time = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', secret).update(`v0:${time}:`).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': time,
    'x-slack-signature': `v0=${digest}`,
  };
  return { headers, body };
}

const told = (): string => JSON.stringify(twin.answers);
const command = (text: string): SignedRequest =>
  twin.hands.command({ user: 'U0ADA', command: text });

describe('what people write', () => {
  it('is answered at once, and then to whoever asked alone', async () => {
    expect(await send('/slack/commands', command('/standup'))).toMatchObject({ status: 200 });
    await expect.poll(told).toContain('"response_type":"ephemeral"');
  });

  it('opens the home tab with what needs them today', async () => {
    expect(await send('/slack/events', twin.hands.openHome('U0ADA'))).toMatchObject({
      status: 200,
    });
    await expect.poll(() => JSON.stringify([...twin.homes])).toContain('U0ADA');
  });
});

describe('what an assistant proposes', () => {
  it('stands as a card in the channel, and decides nothing for an account that nobody linked', async () => {
    // Another process over the same store, as an assistant's would be.
    const { SLACK_TOKEN: token = '', SLACK_API_URL: baseUrl = '' } = environment();
    const adjutant = await createAdjutant({
      store: join(folder, 'adjutant.db'),
      connectors: [slack({ channels: ['C0TEAM'], token, writeToken: twin.writeToken, baseUrl })],
    });
    try {
      const owner = await adjutant.owner();
      if (owner.kind !== 'person') throw new Error('the owner is a person');
      const agent = { kind: 'agent', name: 'assistant', sponsorPersonId: owner.personId } as const;
      const proposed = await adjutant
        .workspace()
        .as(agent)
        .actions.propose({
          type: 'message.post',
          payload: { channel: 'C0TEAM', text: 'Two reviews wait.' },
          idempotencyKey: 'two-reviews',
        });
      const card = () =>
        approvals.messages.find(({ blocks }) => JSON.stringify(blocks).includes(proposed.id));
      await expect.poll(card).toBeDefined();
      const message = card();
      if (message === undefined) throw new Error('no card');
      const press = { user: 'U0ADA', channel: 'C0APPROVE', message, button: 'adjutant_decline' };
      await expect
        .poll(async () => {
          await send('/slack/interactions', twin.hands.press(press));
          return told();
        })
        .toContain('not linked');
      const { status } = await adjutant.workspace().as(owner).actions.get(proposed.id);
      expect(status).toBe('pending');
    } finally {
      await adjutant.close();
    }
  });
});

describe('what happens in a channel', () => {
  it('is read from Slack once an event tells of it', async () => {
    const asked = (): number =>
      twin.requests.filter(({ method }) => method === 'conversations.history').length;
    const before = asked();
    const ts = `${Math.floor(Date.now() / 1_000)}.000100`;
    const answer = await send('/webhooks/slack', event({ channel: 'C0TEAM', user: 'U0ADA', ts }));
    expect(answer).toMatchObject({ status: 202 });
    await expect.poll(asked).toBeGreaterThan(before);
  });
});

describe('what nobody of Slack signed', () => {
  it('is refused, with the secret of the other app too', async () => {
    const ts = '1700000000.000200';
    const foreign = event({ channel: 'C0TEAM', user: 'U0ADA', ts }, twin.signingSecret);
    expect((await send('/webhooks/slack', foreign)).status).toBe(401);
    const ownEvent = event({ channel: 'C0TEAM', user: 'U0ADA', ts });
    expect((await send('/slack/events', ownEvent)).status).toBe(401);
    const { body, headers } = command('/standup');
    const longer = { headers, body: Buffer.concat([body, Buffer.from(' ')]) };
    expect((await send('/slack/commands', longer)).status).toBe(401);
  });

  it('finds no other door', async () => {
    for (const path of ['/', '/v1/overview', '/slack/', '/webhooks/github', '/mcp']) {
      expect((await send(path, command('/standup'))).status).toBe(404);
    }
  });
});

it('does not start without what Slack signs with', async () => {
  const { SLACK_SIGNING_SECRET: _, ...env } = environment();
  const started = spawn(process.execPath, ['--conditions=@adjutant/source', main], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  expect(await once(started, 'exit')).toEqual([1, null]);
});
