import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock } from '@adjutant/core/testing';
import { createMemoryPasses } from '../__fixtures__/memory-pass.ts';
import {
  dayMs,
  hourMs,
  makeSlackWorld,
  now,
  type SlackWorld,
} from '../__fixtures__/slack-world.ts';
import { type SlackTwin, startSlackTwin } from '../testing/start-slack-twin.ts';

const twins: SlackTwin[] = [];
afterEach(async () => {
  await Promise.all(twins.splice(0).map((twin) => twin.close()));
});

async function start({
  mostPerPage = 200,
  config = {},
}: {
  mostPerPage?: number;
  config?: object;
} = {}) {
  const world = makeSlackWorld();
  const clock = createFakeClock(now);
  const twin = await startSlackTwin({ data: world.data, clock, mostPerPage });
  twins.push(twin);
  const memory = createMemoryPasses(twin, { channels: ['C0WIDGETS'], ...config }, clock);
  return { ...world, ...memory, twin };
}

function ask({ data, widgets }: SlackWorld, at: number, text = 'Is it so?') {
  return data.say(widgets, { at, user: 'U0ADA', text });
}

describe('a first pass', () => {
  it('keeps what asks, what names a blocker and what was replied to, and nothing else', async () => {
    const { pass, threads } = await start();
    const { errors } = await pass();
    expect(errors).toEqual([]);
    const at = now - 3 * dayMs;
    expect(threads()).toEqual([
      {
        source: 'slack',
        externalId: expect.stringMatching(/^C0WIDGETS:\d+\.\d{6}$/),
        channelExternalId: 'C0WIDGETS',
        authorAccountExternalId: 'U0ADA',
        startedAt: at + hourMs,
        asks: true,
        namesBlocker: false,
        mentionedAccounts: [],
        mentionedGroups: [],
        mentionsEverybody: false,
        replyCount: 3,
        firstReplyAt: at + 2 * hourMs,
        firstReplyByAccountExternalId: 'U0GRACE',
        lastReplyAt: at + 3 * hourMs,
        lastReplyByAccountExternalId: 'U0ADA',
        isMarkedDone: true,
        url: expect.stringMatching(/^https:\/\/acme\.example\/archives\/C0WIDGETS\/p\d{16}$/),
      },
      expect.objectContaining({
        authorAccountExternalId: 'U0GRACE',
        asks: true,
        namesBlocker: true,
        mentionedAccounts: ['U0ADA'],
        replyCount: 0,
        firstReplyAt: null,
        isMarkedDone: false,
      }),
      expect.objectContaining({
        authorAccountExternalId: 'U0PAGER',
        asks: true,
        mentionedGroups: ['S0CORE'],
        mentionsEverybody: true,
      }),
    ]);
  });

  it('says what it cannot know', async () => {
    const { pass, gapCodes } = await start();
    await pass();
    expect(gapCodes('threads')).toEqual([
      'done_time_unknown',
      'left_out_by_since',
      'not_watched_for_ever',
    ]);
  });

  it('goes back as far as it is told', async () => {
    const { pass, threads, ...world } = await start({ config: { since: '2026-01-01' } });
    ask(world, Date.parse('2026-01-02T00:00:00Z'));
    ask(world, Date.parse('2025-12-30T00:00:00Z'));
    await pass();
    expect(threads()).toHaveLength(4);
  });

  it('goes back ninety days unless told', async () => {
    const { pass, threads, ...world } = await start();
    ask(world, now - 89 * dayMs);
    ask(world, now - 91 * dayMs);
    await pass();
    expect(threads()).toHaveLength(4);
  });

  it('goes on where it was cut off, and asks for nothing twice but one message', async () => {
    const { pass, threads, widgets, twin } = await start({ mostPerPage: 2 });
    const whole = await start({ mostPerPage: 2 });
    await whole.pass();
    await pass({ stopAfter: 1 });
    const cut = threads().length;
    await pass({ mode: 'backfill' });
    expect(cut).toBeLessThan(threads().length);
    expect(threads()).toEqual(whole.threads());
    const asked = twin.requests.filter(({ method }) => method === 'conversations.history');
    const roots = widgets.messages.filter(({ threadTs }) => threadTs === null).length;
    // One more looks for what was said meanwhile.
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(roots / 2) + 2);
  });

  it('that was cut off ends with what was said meanwhile', async () => {
    const world = await start({ mostPerPage: 2 });
    const { pass, threads, clock, data, widgets } = world;
    await pass({ stopAfter: 1 });
    const [newest] = threads().toSorted((a, b) => b.startedAt - a.startedAt);
    const threadTs = newest?.externalId.split(':')[1] ?? null;
    data.say(widgets, { at: now + hourMs, user: 'U0LINUS', text: 'I know it.', threadTs });
    const asked = ask(world, now + 2 * hourMs);
    clock.advance(3 * hourMs);
    await pass({ mode: 'backfill' });
    const found = threads();
    expect(found.map(({ externalId }) => externalId)).toContain(`C0WIDGETS:${asked.ts}`);
    const answered = found.find(({ externalId }) => externalId === newest?.externalId);
    expect(answered?.lastReplyAt).toBe(now + hourMs);
    await pass();
    expect(threads()).toEqual(found);
  });
});

describe('a later pass', () => {
  it('takes one request for the history where nothing is new, and none for replies', async () => {
    const { pass } = await start();
    await pass();
    const { requests } = await pass();
    expect(requests).toEqual({
      'auth.test': 1,
      'conversations.info': 1,
      'conversations.history': 1,
      'usergroups.list': 1,
    });
  });

  it('finds a new question, and asks for replies only where they have moved', async () => {
    const world = await start();
    const { pass, threads, clock, data, widgets } = world;
    await pass();
    const question = ask(world, now + hourMs);
    data.say(widgets, {
      at: now + 1.5 * hourMs,
      user: 'U0GRACE',
      text: 'Yes.',
      threadTs: question.ts,
    });
    clock.advance(2 * hourMs);
    const { requests } = await pass();
    expect(requests['conversations.replies']).toBe(1);
    expect(threads().at(-1)).toMatchObject({
      startedAt: now + hourMs,
      firstReplyAt: now + 1.5 * hourMs,
      firstReplyByAccountExternalId: 'U0GRACE',
    });
  });

  it('sees a late reply, a mark and an edit on an older message within the hour', async () => {
    const { pass, threads, clock, data, widgets } = await start();
    await pass();
    const blocked = widgets.messages.find(({ text }) => text.includes('blocked'));
    const silent = widgets.messages.find(({ text }) => text.startsWith('Good morning'));
    if (blocked === undefined || silent === undefined) throw new Error('The world is another one.');
    blocked.reactions.push('heavy_check_mark::skin-tone-2');
    data.say(widgets, { at: now, user: 'U0ADA', text: 'Help is here', threadTs: blocked.ts });
    silent.text = 'Good morning, is all well?';
    clock.advance(hourMs);
    await pass();
    const rows = threads();
    expect(rows).toHaveLength(4);
    expect(rows.find(({ namesBlocker }) => namesBlocker)).toMatchObject({
      isMarkedDone: true,
      firstReplyByAccountExternalId: 'U0ADA',
      replyCount: 1,
    });
  });

  it('removes what was deleted, also where its replies are left', async () => {
    const { pass, threads, clock, widgets } = await start();
    await pass();
    for (const message of widgets.messages) {
      if (message.threadTs === null) message.isDeleted = true;
    }
    clock.advance(hourMs);
    await pass();
    expect(threads()).toEqual([]);
  });

  it('lets what is older than it watches stay', async () => {
    const world = await start({ config: { watchDays: 2 } });
    const { pass, threads, clock, widgets } = world;
    await pass();
    for (const message of widgets.messages) message.isDeleted = true;
    clock.advance(hourMs);
    await pass();
    expect(threads()).toHaveLength(3);
    await pass({ mode: 'census' });
    expect(threads()).toEqual([]);
  });

  it('finds everything after a pause that is longer than it watches', async () => {
    const world = await start({ config: { watchDays: 1 } });
    const { pass, threads, clock } = world;
    await pass();
    ask(world, now + dayMs);
    clock.advance(20 * dayMs);
    await pass();
    expect(threads()).toHaveLength(4);
  });
});

describe('replies', () => {
  it('are read no further than to the first by somebody else and the last one', async () => {
    const world = await start({ mostPerPage: 3 });
    const { data, widgets, pass, threads } = world;
    const { ts: threadTs } = ask(world, now - hourMs);
    const answers = ['U0ADA', 'U0GRACE', 'U0ADA', 'U0ADA', 'U0ADA', 'U0ADA', 'U0ADA', 'U0LEFT'];
    for (const [place, user] of answers.entries()) {
      data.say(widgets, { at: now - hourMs + (place + 1) * 60_000, user, text: 'So.', threadTs });
    }
    const { requests } = await pass();
    // One page and the end of this thread; one page of the other.
    expect(requests['conversations.replies']).toBe(3);
    expect(threads().at(-1)).toMatchObject({
      replyCount: 8,
      firstReplyByAccountExternalId: 'U0GRACE',
      firstReplyAt: now - hourMs + 2 * 60_000,
      lastReplyByAccountExternalId: 'U0LEFT',
      lastReplyAt: now - hourMs + 8 * 60_000,
    });
  });

  it('that were also sent to the channel answer, and are no threads of their own', async () => {
    const world = await start();
    const { data, widgets, pass, threads } = world;
    const { ts: threadTs } = ask(world, now - hourMs);
    const subtype = 'thread_broadcast';
    data.say(widgets, { at: now - 50_000, user: 'U0GRACE', text: 'Yes?', threadTs, subtype });
    await pass();
    expect(threads()).toHaveLength(4);
    expect(threads().at(-1)).toMatchObject({
      replyCount: 1,
      firstReplyAt: now - 50_000,
      firstReplyByAccountExternalId: 'U0GRACE',
      lastReplyByAccountExternalId: 'U0GRACE',
    });
  });

  it('by programs and by the author are no answer', async () => {
    const world = await start();
    const { data, widgets, pass, threads } = world;
    const { ts: threadTs } = ask(world, now - hourMs);
    data.say(widgets, { at: now - 50_000, user: 'U0PAGER', botId: 'B0P', text: 'Hi', threadTs });
    data.say(widgets, { at: now - 40_000, user: 'U0ADA', text: 'Hello?', threadTs });
    await pass();
    expect(threads().at(-1)).toMatchObject({
      replyCount: 2,
      firstReplyAt: null,
      lastReplyByAccountExternalId: 'U0ADA',
    });
  });

  it('that Slack does not show leave unknown what is unknown, and are asked for again', async () => {
    const world = await start();
    const { pass, threads, gapCodes, twin, clock, data, widgets } = world;
    const { ts: threadTs } = ask(world, now - 20_000);
    data.say(widgets, { at: now - 10_000, user: 'U0ADA', text: 'Hello?', threadTs });
    twin.faults.add({ method: 'conversations.replies', kind: 'repeated_cursor' });
    await pass();
    expect(threads().at(-1)).toMatchObject({
      replyCount: 1,
      firstReplyAt: null,
      lastReplyAt: null,
      lastReplyByAccountExternalId: null,
    });
    expect(gapCodes('threads')).toContain('replies_unknown');
    twin.faults.clear();
    data.say(widgets, { at: now, user: 'U0GRACE', text: 'Yes?', threadTs });
    clock.advance(hourMs);
    await pass();
    expect(threads().at(-1)).toMatchObject({
      replyCount: 2,
      firstReplyAt: now,
      lastReplyByAccountExternalId: 'U0GRACE',
    });
    expect(gapCodes('threads')).not.toContain('replies_unknown');
  });
});

describe('a channel that the bot is not in', () => {
  it('is a gap with what to do, and is read once it is invited', async () => {
    const { pass, threads, gapCodes, widgets } = await start();
    const members = [...widgets.members];
    widgets.members = ['U0ADA'];
    const { errors, requests } = await pass();
    expect(errors).toEqual([]);
    expect(requests['conversations.history']).toBeUndefined();
    expect(gapCodes('threads')).toEqual(['not_in_channel']);
    widgets.members = members;
    await pass();
    expect(threads()).toHaveLength(3);
    expect(gapCodes('threads')).not.toContain('not_in_channel');
  });

  it('keeps what was read before it was removed', async () => {
    const { pass, threads, widgets, clock } = await start();
    await pass();
    widgets.members = ['U0ADA'];
    clock.advance(hourMs);
    await pass();
    expect(threads()).toHaveLength(3);
  });
});
