import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@adjutant/core';
import { silentLogger } from '@adjutant/core/ports';
import { expect, test } from 'vitest';
import { openHostWorld } from '../../testing/host-world.ts';
import { openPageWorld } from '../../testing/page-world.ts';
import { createLiveFeed, type LiveListener } from './live-feed.ts';
import type { LiveState } from './live-state.ts';

/** Sleeps end when the test says so. */
function heldClock() {
  const waiting: { milliseconds: number; wake: () => void; fail: (error: Error) => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error('aborted'));
        if (signal?.aborted === true) return fail();
        signal?.addEventListener('abort', fail, { once: true });
        waiting.push({ milliseconds, wake: resolve, fail });
      }),
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  };
  return {
    clock,
    waiting,
    settle,
    pass: async (): Promise<void> => {
      waiting.shift()?.wake();
      await settle();
    },
  };
}

const stateOf = (pending: number): LiveState => ({
  pending,
  reading: 0,
  streams: 0,
  isAsked: false,
  said: `${pending} wait.`,
});

function listener(heard: string[], mayListen = async (): Promise<boolean> => true): LiveListener {
  return {
    state: ({ said }) => void heard.push(said),
    heartbeat: () => void heard.push('beat'),
    mayListen,
    end: () => void heard.push('end'),
  };
}

test('one look serves all who listen, two seconds apart, and only news is told', async () => {
  const { clock, waiting, settle, pass } = heldClock();
  let looks = 0;
  let pending = 1;
  const read = async (): Promise<LiveState> => {
    looks += 1;
    return stateOf(pending);
  };
  const feed = createLiveFeed({ read, clock, logger: silentLogger });
  await settle();
  expect(looks).toBe(0);
  const [one, other]: [string[], string[]] = [[], []];
  const stop = feed.listen(listener(one));
  const stopOther = feed.listen(listener(other));
  await settle();
  expect(looks).toBe(1);
  expect(waiting.map(({ milliseconds }) => milliseconds)).toEqual([2_000]);
  await pass();
  expect(looks).toBe(2);
  pending = 2;
  await pass();
  expect([one, other]).toEqual([
    ['1 wait.', '2 wait.'],
    ['1 wait.', '2 wait.'],
  ]);
  stop();
  stopOther();
  await settle();
  expect(feed.size).toBe(0);
  const before = looks;
  await settle();
  expect(looks).toBe(before);
});

test('who comes later hears at once how things stand', async () => {
  const { clock, settle } = heldClock();
  const feed = createLiveFeed({ read: async () => stateOf(3), clock, logger: silentLogger });
  const stop = feed.listen(listener([]));
  await settle();
  const heard: string[] = [];
  feed.listen(listener(heard));
  expect(heard).toEqual(['3 wait.']);
  stop();
  feed.close();
  expect(heard).toEqual(['3 wait.', 'end']);
});

test('a quiet line beats, and who may no longer listen is told the end', async () => {
  const { clock, settle, pass } = heldClock();
  let isSignedIn = true;
  const feed = createLiveFeed({ read: async () => stateOf(0), clock, logger: silentLogger });
  const heard: string[] = [];
  feed.listen(listener(heard, async () => isSignedIn));
  await settle();
  for (let turn = 0; turn < 7; turn += 1) await pass();
  expect(heard).toEqual(['0 wait.', 'beat']);
  isSignedIn = false;
  await pass();
  expect(heard).toEqual(['0 wait.', 'beat', 'end']);
  expect(feed.size).toBe(0);
});

async function* partsOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const stream: ReadableStream<Uint8Array> | null = response.body;
  for await (const part of stream ?? []) yield decoder.decode(part);
}

/** What is told first, and all of the rest once the stream ended. */
async function firstOf(response: Response): Promise<{ text: string; rest: Promise<string> }> {
  const parts = partsOf(response);
  let text = '';
  while (!text.includes('event: state')) {
    const part = await parts.next();
    if (part.done === true) break;
    text += part.value;
  }
  const rest = async (): Promise<string> => {
    let more = '';
    for await (const part of parts) more += part;
    return more;
  };
  return { text, rest: rest() };
}

test('the stream tells a page how things stand, and ends when it signs out', async () => {
  const world = await openPageWorld();
  const browser = await world.signIn();
  await world.propose('note.ask', 'Hello');
  const response = await browser.get('/events');
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const { text, rest } = await firstOf(response);
  expect(text).toContain('1 action waits for a decision.');
  await browser.post('/api/session/end', {});
  expect(await rest).toContain('event: end');
  await world.close();
});

test('the stream is for people who are signed in, and ends with the gateway', async () => {
  const world = await openHostWorld();
  expect((await world.get('/events', 'nobody')).status).toBe(401);
  expect((await world.get('/events', 'token')).status).toBe(403);
  const { rest } = await firstOf(await world.get('/events', 'member'));
  await world.gateway.close();
  expect(await rest).toContain('event: end');
  await world.close();
});
