import { createFakeClock } from '@adjutant/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createMemoryPasses } from './__fixtures__/memory-pass.ts';
import { createSlackData } from './testing/slack-data.ts';
import { startSlackTwin } from './testing/start-slack-twin.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const minuteMs = 60_000;
const messages = 1_000;
const people = 450;
const answered = 20;

it('a thousand messages and four hundred people cost what the page says', async () => {
  const data = createSlackData();
  for (let at = 0; at < people; at += 1) data.addUser({ id: `U0P${1_000 + at}` });
  const channel = data.addChannel({ id: 'C0BUSY', name: 'busy' });
  for (let at = 0; at < messages; at += 1) {
    const question = { at: now - (messages - at) * minuteMs, user: 'U0P1000', text: 'Is it so?' };
    const { ts: threadTs } = data.say(channel, question);
    if (at % (messages / answered) !== 0) continue;
    data.say(channel, { at: question.at + 1_000, user: 'U0P1001', text: 'Yes.', threadTs });
  }
  const clock = createFakeClock(now);
  const twin = await startSlackTwin({ data, clock });
  onTestFinished(() => twin.close());
  const { pass, threads } = createMemoryPasses(twin, { channels: ['C0BUSY'] }, clock);
  expect((await pass()).requests).toEqual({
    'auth.test': 1,
    'users.list': 3,
    'usergroups.list': 1,
    'conversations.info': 1,
    'conversations.history': 5,
    'conversations.replies': answered,
  });
  expect(threads()).toHaveLength(messages);
  const again = { 'auth.test': 1, 'usergroups.list': 1, 'conversations.info': 1 };
  expect((await pass()).requests).toEqual({ ...again, 'conversations.history': 1 });
  clock.advance(60 * minuteMs);
  // Everything that is watched is looked at, and no reply is asked for that is known.
  expect((await pass()).requests).toEqual({ ...again, 'conversations.history': 5 });
});
