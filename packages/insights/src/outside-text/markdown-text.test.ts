import { letThroughBy } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { markdownText } from './markdown-text.ts';

/** What Markdown makes of the text: backslashes before signs and numbered characters stand for themselves. */
function drawn(markdown: string): string {
  return markdown
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
}

test.each([
  'Fix the login',
  '[x](https://evil.example)',
  '![x](https://evil.example/?q=1)',
  '[x]: https://evil.example',
  'https://evil.example www.evil.example a@evil.example',
  '<script>alert(1)</script>',
  '<!-- hidden -->',
  '&lt;script&gt;',
  '`code` and ``more``',
  '**bold** __bold__ ~~gone~~',
  '# heading',
  '- item + item',
  '1. item',
  '> quoted',
  '| a | b |',
  '\\[escaped\\](x)',
  '@everybody #12 :tada:',
])('%s is drawn as it stands, and nothing of it acts', (text) => {
  const markdown = markdownText(text);
  expect(drawn(markdown)).toBe(text);
  expect(markdown).not.toMatch(/[<>@]|:\/\/|(?<![\\&])#|(?<!\\)[`*_{}[\]()+.!|~-]/);
});

test('it is one line, bounded, without what acts in a terminal', () => {
  expect(markdownText('a\n\n# b\u001b[31m\u202e')).toBe('a \\# b');
  expect(drawn(markdownText('x'.repeat(500), 20))).toBe(`${'x'.repeat(19)}…`);
});

test('no code point that draws nothing gets through to a report in Markdown', () => {
  expect(letThroughBy((text) => markdownText(text, 100_000))).toEqual([]);
});
