import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTextReader } from './read-text.ts';
import { reduceMessage } from './reduce-message.ts';

const read = createTextReader(['blocked']);
const ts = '1700000000.000100';

describe('a message', () => {
  it('is reduced to what a signal needs', () => {
    const message = {
      type: 'message',
      ts,
      thread_ts: ts,
      user: 'U0ADA',
      text: 'Who knows? <@U0GRACE>',
      reply_count: 2,
      latest_reply: '1700000009.000100',
      reactions: [{ name: 'white_check_mark', count: 1, users: ['U0GRACE'] }],
      client_msg_id: 'whatever',
    };
    expect(reduceMessage(message, read)).toEqual({
      ts,
      threadTs: null,
      author: 'U0ADA',
      isByProgram: false,
      asks: true,
      namesBlocker: false,
      mentionedAccounts: ['U0GRACE'],
      mentionedGroups: [],
      mentionsEverybody: false,
      isMarkedDone: true,
      replyCount: 2,
      latestReply: '1700000009.000100',
    });
  });

  it.each(['channel_join', 'channel_topic', 'tombstone', 'bot_add', 'something_new'])(
    'that nobody said (%s) is none',
    (subtype) => {
      expect(reduceMessage({ ts, subtype, user: 'U0ADA', text: 'Is it?' }, read)).toBe(null);
    },
  );

  it('that was also sent to the channel is a reply, and none where its thread is not told', () => {
    const reply = { ts, subtype: 'thread_broadcast', user: 'U0GRACE', text: 'Yes.' };
    const threadTs = '1600000000.000100';
    expect(reduceMessage({ ...reply, thread_ts: threadTs }, read)).toMatchObject({
      threadTs,
      author: 'U0GRACE',
      isByProgram: false,
    });
    expect(reduceMessage(reply, read)).toBe(null);
  });

  it('without an author has none, and one of a program says so', () => {
    expect(reduceMessage({ ts, text: 'So.' }, read)).toMatchObject({ author: null });
    expect(reduceMessage({ ts, bot_id: 'B0X', text: 'So.' }, read)).toMatchObject({
      author: 'bot:B0X',
      isByProgram: true,
    });
  });

  it.each([null, 7, 'text', {}, { ts: 7 }, { ts: 'soon' }, { ts: '1' }, { ts: '../1.1' }])(
    'of no known form (%j) is told from one that nobody said',
    (message) => {
      expect(reduceMessage(message, read)).toBe('unreadable');
    },
  );

  it('leaves none of its words behind, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.record({
          ts: fc.constant(ts),
          // Long enough not to be found by chance, and of no form that stands for somebody.
          text: fc.string({
            minLength: 12,
            unit: fc.constantFrom('ä', '?', ' ', '<', '@', '!', 'z'),
          }),
          user: fc.anything(),
          bot_id: fc.anything(),
          reactions: fc.anything(),
          reply_count: fc.anything(),
          latest_reply: fc.constant(null),
        }),
        (message) => {
          const reduced = reduceMessage(message, read);
          expect(JSON.stringify(reduced)).not.toContain(JSON.stringify(message.text).slice(1, -1));
        },
      ),
      { numRuns: 1_000, seed: 7 },
    );
  });
});
