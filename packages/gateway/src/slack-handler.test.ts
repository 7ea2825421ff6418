import type { InteractionDesk, ReceivedInteraction } from '@adjutant/core';
import { describe, expect, it } from 'vitest';
import { createSlackHandler } from './slack-handler.ts';

const address = 'https://hooks.example.com/slack/interactions';
const accepted: ReceivedInteraction = { status: 200, body: null, reason: null, work: null };

function deskOf(receive: InteractionDesk['receive']): InteractionDesk {
  return { largestBodyBytes: 100, receive };
}

const post = (url = address, body = 'payload=x') =>
  new Request(url, { method: 'POST', body, headers: { 'x-slack-retry-num': '1' } });

describe('requests of Slack', () => {
  it('are answered before anything is decided', async () => {
    let decide = (): void => undefined;
    const decided = new Promise<void>((resolve) => {
      decide = resolve;
    });
    const steps: string[] = [];
    const work = async (): Promise<void> => {
      steps.push('begun');
      await decided;
      steps.push('decided');
    };
    const handed: Promise<void>[] = [];
    const handle = createSlackHandler({
      desk: deskOf(async () => ({ ...accepted, work })),
      run: (given) => void handed.push(given()),
    });
    const response = await handle(post());
    expect(response.status).toBe(200);
    // The decision cannot have been made: nothing lets it be made until here.
    expect(steps).toEqual(['begun']);
    expect(handed).toHaveLength(1);
    decide();
    await Promise.all(handed);
    expect(steps).toEqual(['begun', 'decided']);
  });

  it('are handed on as they came, each to its route', async () => {
    const taken: unknown[] = [];
    const handle = createSlackHandler({
      desk: deskOf(async (route, { headers, body }) => {
        taken.push([route, headers['x-slack-retry-num'], new TextDecoder().decode(body)]);
        return { ...accepted, body: { text: 'One moment …' } };
      }),
    });
    const commands = address.replace('interactions', 'commands');
    expect(await (await handle(post(commands))).json()).toEqual({ text: 'One moment …' });
    await handle(post());
    expect(taken).toEqual([
      ['commands', '1', 'payload=x'],
      ['interactions', '1', 'payload=x'],
    ]);
  });

  it.each([
    ['GET', new Request(address), 405],
    ['another path', post('https://hooks.example.com/slack/other'), 404],
    ['a path that objects have', post('https://hooks.example.com/slack/constructor'), 404],
    ['too long a body', post(address, 'x'.repeat(101)), 413],
  ])('are refused where they are none: %s', async (_, request, status) => {
    const handle = createSlackHandler({
      desk: deskOf(async () => {
        throw new Error('must not be asked');
      }),
    });
    expect((await handle(request)).status).toBe(status);
  });

  it('that are refused say why; what breaks asks to come again and tells nobody more', async () => {
    const refused = { status: 401, body: null, reason: 'stale', work: null } as const;
    const handle = createSlackHandler({ desk: deskOf(async () => refused) });
    const response = await handle(post());
    expect([response.status, await response.json()]).toEqual([401, { reason: 'stale' }]);
    const logged: unknown[] = [];
    const broken = createSlackHandler({
      desk: deskOf(async () => {
        throw new Error('a secret');
      }),
      logger: { log: (...line) => void logged.push(line) },
    });
    const answer = await broken(post());
    expect([answer.status, await answer.text()]).toEqual([503, '']);
    expect(JSON.stringify(logged)).not.toContain('a secret');
  });
});
