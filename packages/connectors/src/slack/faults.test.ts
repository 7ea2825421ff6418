import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryPasses } from './__fixtures__/memory-pass.ts';
import { makeSlackWorld, now } from './__fixtures__/slack-world.ts';
import type { SlackFault } from './testing/faults.ts';
import { type SlackTwin, startSlackTwin } from './testing/start-slack-twin.ts';

const twins: SlackTwin[] = [];
afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start(mostPerPage = 2, config: object = {}) {
  const world = makeSlackWorld();
  const clock = createFakeClock(now);
  const twin = await startSlackTwin({ data: world.data, clock, mostPerPage });
  twins.push(twin);
  const memory = createMemoryPasses(twin, { channels: ['C0WIDGETS'], ...config }, clock);
  return { ...world, ...memory, twin };
}

describe('what passes by itself', () => {
  it.each<[string, SlackFault, number]>([
    ['asks to wait', { kind: 'rate_limited', retryAfter: '7', times: 2 }, 14_000],
    [
      'asks to wait and says rubbish',
      { kind: 'rate_limited', retryAfter: 'soon', times: 1 },
      30_000,
    ],
    ['asks to wait and not for how long', { kind: 'rate_limited', times: 1 }, 30_000],
    ['fails', { kind: 'server_error', times: 2 }, 3_000],
    ['breaks off', { kind: 'broken_body', times: 2 }, 3_000],
    ['hangs up', { kind: 'dropped', times: 2 }, 3_000],
  ])('is waited for where Slack %s', async (_, fault, waitedMs) => {
    const calm = await start();
    await calm.pass();
    for (const method of ['users.list', 'conversations.history', 'conversations.replies']) {
      const { pass, threads, twin, clock } = await start();
      twin.faults.add({ ...fault, method, after: method === 'users.list' ? 1 : 0 });
      const { errors } = await pass();
      expect(errors, method).toEqual([]);
      expect(threads(), method).toEqual(calm.threads());
      expect(clock.now() - now, method).toBe(waitedMs);
    }
  });

  it('ends with an error that says when to go on where it does not pass', async () => {
    const { pass, twin } = await start();
    twin.faults.add({ kind: 'rate_limited', retryAfter: '5' });
    const { errors } = await pass();
    expect(errors).toMatchObject([{ code: 'RateLimited', source: 'slack', retryAfterMs: 5_000 }]);
  });
});

describe('a cursor that leads round in a circle', () => {
  it('ends the history with a gap, deletes nothing, and is read to its end later', async () => {
    const { pass, threads, gapCodes, twin, clock } = await start();
    twin.faults.add({ kind: 'repeated_cursor', method: 'conversations.history' });
    const { errors, requests } = await pass();
    expect(errors).toEqual([]);
    expect(requests['conversations.history']).toBeLessThan(5);
    expect(gapCodes('threads')).toContain('history_goes_in_circles');
    twin.faults.clear();
    clock.advance(60_000);
    await pass();
    expect(threads()).toHaveLength(3);
    expect(gapCodes('threads')).not.toContain('history_goes_in_circles');
  });

  it('ends the list of people with a gap', async () => {
    const { pass, gapCodes, places, twin } = await start();
    await pass();
    twin.faults.add({ kind: 'repeated_cursor', method: 'users.list' });
    await pass({ mode: 'census' });
    expect(gapCodes('users')).toEqual(['list_goes_in_circles']);
    expect(places.get('T0ACME users')?.records.size).toBe(7);
  });
});

describe('a credential', () => {
  it('that is not accepted is told so, and never shown', async () => {
    const { twin } = await start();
    const memory = createMemoryPasses(twin, {
      channels: ['C0WIDGETS'],
      token: 'xoxb-wrong-canary',
    });
    const { errors } = await memory.pass();
    expect(errors).toMatchObject([{ code: 'Authentication' }]);
    expect(JSON.stringify(errors) + String(errors[0]?.stack)).not.toContain('canary');
  });

  it.each(['xoxb-a\nX-Evil: 1', ' ', 'xoxb-\u0000'])(
    'that is none (%j) is refused',
    async (token) => {
      const { twin } = await start();
      const before = twin.requests.length;
      const memory = createMemoryPasses(twin, { channels: ['C0WIDGETS'], token });
      expect((await memory.pass()).errors).toMatchObject([{ code: 'Configuration' }]);
      expect(twin.requests.length).toBe(before);
    },
  );

  it('goes to no other host, wherever a redirect leads', async () => {
    const seen: string[] = [];
    const elsewhere = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('{"ok":true}');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void elsewhere.close());
    const { port } = elsewhere.address() as AddressInfo;
    const { pass, twin } = await start();
    const location = `http://127.0.0.1:${port}/api/users.list`;
    twin.faults.add({ kind: 'redirected', location, method: 'users.list' });
    const { errors } = await pass();
    expect(errors).toMatchObject([{ code: 'Configuration' }]);
    expect(seen).toEqual([]);
  });

  it('is refused for another host than it was entered for', async () => {
    const { pass, twin } = await start(2, { tokenHost: 'slack.com' });
    expect((await pass()).errors).toMatchObject([{ code: 'Configuration' }]);
    expect(twin.requests).toEqual([]);
  });
});

describe('a scope that is missing', () => {
  it('hides addresses or groups and nothing else', async () => {
    const { pass, gapCodes, twin, places } = await start();
    twin.scopes.read.delete('users:read.email');
    twin.scopes.read.delete('usergroups:read');
    expect((await pass()).errors).toEqual([]);
    expect(gapCodes('users')).toEqual(['emails_not_permitted']);
    expect(gapCodes('usergroups')).toEqual(['groups_not_permitted']);
    expect(places.get('T0ACME users')?.records.size).toBe(7);
  });

  it('is named where nothing can be read without it', async () => {
    const { pass, twin } = await start();
    twin.scopes.read.delete('channels:history');
    const { errors } = await pass();
    expect(errors).toMatchObject([{ code: 'Permission' }]);
    expect(errors[0]?.message).toContain('channels:history');
  });
});

describe('a channel that Slack does not show', () => {
  it('does not keep the others from being read', async () => {
    const { pass, threads } = await start(2, { channels: ['C0NOWHERE', 'C0WIDGETS', 'gone'] });
    const { errors } = await pass();
    expect(errors).toMatchObject([{ code: 'NotFound' }]);
    expect(errors[0]?.message).toContain('C0NOWHERE');
    expect(errors[0]?.message).toContain('#gone');
    expect(threads()).toHaveLength(3);
  });

  it('is never a conversation between a few people', async () => {
    const { pass, data, twin } = await start(2, { channels: ['C0FEW'] });
    data.addChannel({ id: 'C0FEW', name: 'few', kind: 'direct' });
    expect((await pass()).errors).toMatchObject([{ code: 'NotFound' }]);
    expect(twin.requests.some(({ method }) => method === 'conversations.history')).toBe(false);
  });
});
