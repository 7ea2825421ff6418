import { describe, expect, it } from 'vitest';
import { createTextReader } from './read-text.ts';

const read = createTextReader(['blocked', 'waiting on', 'c++ (old)']);
const nothing = {
  asks: false,
  namesBlocker: false,
  mentionedAccounts: [],
  mentionedGroups: [],
  mentionsEverybody: false,
};

describe('a text', () => {
  it.each([
    ['All is well.', {}],
    ['Is all well?', { asks: true }],
    ['大丈夫ですか？', { asks: true }],
    ['See <https://example.org/?q=1|the page>', {}],
    ['See https://example.org/?q=1 for it', {}],
    ['`a ? b : c` is fine', {}],
    ['```\nwhy?\n``` is fine', {}],
    ['```\nnever closed, is it?', {}],
    ['&gt; is it so?\nIt is.', {}],
    ['<@U0ADA> look', { asks: true, mentionedAccounts: ['U0ADA'] }],
    ['<@U0ADA|ada> <@U0ADA>', { asks: true, mentionedAccounts: ['U0ADA'] }],
    ['<@U0SELF> is me', {}],
    ['<!subteam^S0CORE|@core> hello', { asks: true, mentionedGroups: ['S0CORE'] }],
    ['<!here> hello', { asks: true, mentionsEverybody: true }],
    ['`<!here>` calls everybody', {}],
    ['I am Blocked', { namesBlocker: true }],
    ['I am unblocked', {}],
    ['waiting\n on you', { namesBlocker: true }],
    ['it needs C++ (old)', { namesBlocker: true }],
    ['ccc (old)', {}],
    ['', {}],
  ])('%j is read', (text, signs) => {
    expect(read(text, 'U0SELF')).toEqual({ ...nothing, ...signs });
  });

  it('names at most fifty accounts', () => {
    const text = Array.from({ length: 200 }, (_, at) => `<@U0A${1_000 + at}>`).join(' ');
    expect(read(text, null).mentionedAccounts).toHaveLength(50);
  });

  it('may be long and hostile', () => {
    for (const part of ['<', '`', '```', '<@', '<!subteam^', '&gt;', 'blocked ', '<a'.repeat(3)]) {
      expect(read(part.repeat(20_000), null)).toBeDefined();
    }
  });

  it('names no blocker where no word is given for one', () => {
    expect(createTextReader([])('blocked', null).namesBlocker).toBe(false);
  });
});
