import { describe, expect, it } from 'vitest';
import type { GithubAccess } from './access.ts';
import { examineText } from './outgoing-text.ts';

const accounts: Readonly<Record<string, string>> = {
  grace: 'User',
  grace_octo: 'User',
  dependabot: 'Bot',
  mergifyio: 'Organization',
};

/** GitHub, which knows a few accounts. */
const access = {
  find: async (path: string) => {
    const login = decodeURIComponent(path.replace('/users/', ''));
    const type = accounts[login];
    return type === undefined ? null : { id: 1, login, type };
  },
} as unknown as GithubAccess;

const examine = (body: string, more: { title?: string; isMarkdown?: boolean } = {}) =>
  examineText(access, { commandWords: [] }, { body, ...more });

/** Every printable sign of ASCII that is no part of a word, and letters and signs of other scripts. */
const signs = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)),
  ...Array.from({ length: 0x17f - 0xa1 }, (_, at) => String.fromCodePoint(0xa1 + at)),
  ...['—', '“', '…', '、', '中', 'я', '＠', '😀', '\u3000', '\t'],
].filter((sign) => !/\w/.test(sign));

const positions: Readonly<Record<string, (call: string) => string>> = {
  'at the beginning': (call) => `${call} look`,
  'behind a word': (call) => `cc${call}`,
  'behind a word and a space': (call) => `Fine ${call}, thank you`,
  'in a list': (call) => `- one\n- two${call}`,
  'in a quotation': (call) => `> so${call}\n\nFine.`,
  'in a heading': (call) => `# So${call}`,
  'in a cell': (call) => `| a | b |\n| - | - |\n| so${call} | c |`,
  'between tags': (call) => `<div>\nso${call}\n</div>`,
  'behind a tag': (call) => `so<b>${call}</b>`,
};

/** An escape is not drawn, and a tab begins a block of code. */
const isDrawnAsWord = (sign: string, where: string): boolean =>
  sign === '\t'
    ? where === 'at the beginning'
    : sign === '\\' && /^(?:behind a word|in a (?:list|quotation|heading|cell))$/.test(where);

describe('whatever stands before a name, it calls', () => {
  it.each(Object.entries(positions))('%s', async (where, put) => {
    for (const sign of signs) {
      const told = await examine(put(`${sign}@grace`));
      const bot = await examine(put(`${sign}@dependabot merge`));
      const isCalled = !isDrawnAsWord(sign, where);
      expect([sign, told.logins]).toEqual([sign, isCalled ? ['grace'] : []]);
      expect([sign, bot.containsCommand]).toEqual([sign, isCalled]);
    }
  });

  it('but not behind a letter, a digit or an underscore', async () => {
    for (const sign of ['x', 'Z', '7', '_']) {
      const { logins, containsCommand } = await examine(`ada${sign}@dependabot.example`);
      expect([sign, logins, containsCommand]).toEqual([sign, [], false]);
    }
  });
});

describe('calls', () => {
  it.each([
    ['.@dependabot merge'],
    ['-@dependabot merge'],
    ['/@mergifyio queue'],
    ['Fine `and @dependabot merge'],
    ['Fine ```@dependabot merge``'],
    ['Fine \\`@dependabot merge`'],
    ['cc/&#64;dependabot merge'],
    ['<p>\n&commat;dependabot merge\n</p>'],
    ['https://@dependabot merge'],
    ['https://a_b/@dependabot merge'],
    ['[ https://example.com/@dependabot merge'],
  ])('of a bot in %j', async (body) => {
    expect(await examine(body)).toMatchObject({
      containsCommand: true,
      reason: expect.any(String),
    });
  });

  it.each([
    ['inline code', 'Say `@dependabot merge` or ``cc/@dependabot``'],
    ['a fence', '```\n@dependabot merge\n```'],
    ['a fence of tildes', '~~~\n.@dependabot merge\n~~~'],
    ['an indented block', 'Fine:\n\n    @dependabot merge'],
    [
      'an address',
      'See https://example.com/package/@dependabot/x and (https://example.com/@grace)',
    ],
    ['an address between angles', 'See <https://example.com/@dependabot>'],
    ['the address of a link', 'See [it](https://example.com/@dependabot)'],
  ])('of nobody in %s', async (_, body) => {
    expect(await examine(body)).toMatchObject({
      ...{ logins: [], teams: [], reason: null, containsCommand: false },
    });
  });

  it('of teams and of managed accounts, behind any sign', async () => {
    expect((await examine('.@octo/platform-team (@octo/core')).teams).toEqual([
      'octo/platform-team',
      'octo/core',
    ]);
    expect((await examine('(@grace_octo)')).people).toMatchObject([{ login: 'grace_octo' }]);
  });

  it('in a title, and in the message of a commit, whatever is code elsewhere', async () => {
    const title = 'Say `@dependabot merge`';
    expect(await examine('Fine.', { title })).toMatchObject({ containsCommand: true });
    const message = { isMarkdown: false };
    expect(await examine('`@dependabot merge`', message)).toMatchObject({ containsCommand: true });
  });
});

it.each([['/merge)'], ['/lgtm'], ['> /approve?'], ['/merge-queue'], ['!deploy']])(
  'the command in %j is told',
  async (body) => {
    expect(await examine(body)).toMatchObject({ containsCommand: true });
  },
);

it.each([['/usr/local'], ['/a-b/c'], ['see /merge'], ['and/or']])('%j is none', async (body) => {
  expect(await examine(body)).toMatchObject({ containsCommand: false });
});
