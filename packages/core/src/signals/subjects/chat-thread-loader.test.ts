import { describe, expect, it } from 'vitest';
import { buildChatChannel, buildChatThread } from '../../testing.ts';
import { account, dayMs, hourMs, noon, startSubjects } from './__fixtures__/subject-world.ts';

const thread = (fields: Parameters<typeof buildChatThread>[0] = {}) =>
  buildChatThread({
    source: 'tracker',
    externalId: 'channel-1:1700000000.000100',
    startedAt: noon - 6 * hourMs,
    namesBlocker: true,
    ...fields,
  });
const channel = buildChatChannel({ source: 'tracker', name: 'wid gets<b>' });
const people = { accounts: [account('ada'), account('ben'), account('robot', true)] };
const replies = (hours: [number, number], by: [string, string], count = 2) => ({
  replyCount: count,
  firstReplyAt: noon - hours[0] * hourMs,
  firstReplyByAccountExternalId: by[0],
  lastReplyAt: noon - hours[1] * hourMs,
  lastReplyByAccountExternalId: by[1],
});

describe('a thread', () => {
  it('is told without a word of it, with where and when it stands', async () => {
    const { rows, only } = await startSubjects('chat_thread');
    rows['people'] = people;
    rows['1'] = {
      chatChannels: [channel],
      chatThreads: [thread({ mentionedAccounts: ['ben', 'robot'], mentionedGroups: ['group'] })],
    };
    const subject = await only();
    expect(subject).toMatchObject({
      key: '#widgetsb 2026-11-18 06:00',
      title: null,
      channelId: 'channel-1',
      threadTs: '1700000000.000100',
      isByBot: false,
      namesBlocker: true,
      isAnswered: false,
      answeredAt: null,
      weekdayHours: 6,
      workingHours: 3,
      quietWeekdayHours: 6,
      quietWorkingHours: 3,
      mentionCount: 3,
    });
    expect(subject.mentionedPersonIds).toHaveLength(1);
    expect(subject.evidence).toHaveLength(2);
  });

  it('is answered by another person, and by nobody else', async () => {
    const { rows, subjects } = await startSubjects('chat_thread');
    rows['people'] = people;
    const shown = (position: number, fields: Parameters<typeof buildChatThread>[0]) =>
      thread({
        externalId: `channel-1:170000000${position}.000100`,
        startedAt: noon - (10 - position) * hourMs,
        ...fields,
      });
    rows['1'] = {
      chatThreads: [
        shown(0, replies([3, 2], ['ben', 'ada'])),
        shown(1, replies([3, 2], ['robot', 'robot'])),
        shown(2, {
          replyCount: 1,
          lastReplyAt: noon - hourMs,
          lastReplyByAccountExternalId: 'ada',
        }),
        shown(3, { replyCount: 3 }),
        shown(4, { replyCount: null }),
      ],
    };
    const found = await subjects();
    expect(
      found.map(({ isAnswered, authorHadLastWord }) => [isAnswered, authorHadLastWord]),
    ).toEqual([
      [true, true],
      [false, false],
      [false, false],
      [null, false],
      [null, false],
    ]);
    expect(found[0]).toMatchObject({ answeredAt: noon - 3 * hourMs, quietWeekdayHours: 2 });
  });

  it('counts for fourteen days, and only where it asks or names a blocker', async () => {
    const { rows, subjects } = await startSubjects('chat_thread');
    rows['1'] = {
      chatThreads: [
        thread({ externalId: 'channel-1:1', startedAt: noon - 15 * dayMs }),
        thread({ externalId: 'channel-1:2', namesBlocker: false, asks: false }),
        thread({ externalId: 'channel-1:3', authorAccountExternalId: 'bot:B1' }),
      ],
    };
    expect(await subjects()).toMatchObject([{ isByBot: true, threadTs: null }]);
  });

  it('had no answer yet at an instant before it came', async () => {
    const { adjutant, clock, rows, past } = await startSubjects('chat_thread');
    rows['people'] = people;
    rows['1'] = { chatThreads: [thread()] };
    await adjutant.sync();
    clock.advance(20 * dayMs);
    const later = {
      replyCount: 1,
      firstReplyAt: noon + hourMs,
      firstReplyByAccountExternalId: 'ben',
      lastReplyAt: noon + hourMs,
      lastReplyByAccountExternalId: 'ben',
    };
    rows['1'] = { chatThreads: [thread(later)] };
    await adjutant.sync();
    expect(await past('thread of 2026-11-18 06:00')).toMatchObject({
      isAnswered: false,
      replyCount: null,
      lastReplyAt: null,
      weekdayHours: 6,
    });
  });
});
