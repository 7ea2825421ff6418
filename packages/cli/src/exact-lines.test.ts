import { expect, test } from 'vitest';
import { exactLines } from './exact-lines.ts';

test('every character of a text is shown, however long it is', () => {
  const text = `${'word '.repeat(900)}the end`;
  const lines = exactLines(text, 80, '> ');
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines.map((line) => line.slice(4).replace(/^… /, '')).join('')).toBe(text);
});

test('lines and indentation stay', () => {
  expect(exactLines('{\n  "a": [\n    1\n  ]\n}', 80)).toEqual([
    '  {',
    '    "a": [',
    '      1',
    '    ]',
    '  }',
  ]);
});

test('what nobody would see is shown by its number', () => {
  expect(exactLines('ab\u202ecd\u001b[2Ke\u200bf', 80)).toEqual([
    '  ab<U+202E>cd<U+001B>[2Ke<U+200B>f',
  ]);
  expect(exactLines(`a${'\u0301'.repeat(5)}`, 80)[0]).toContain('<U+0301><U+0301>');
});

test('a line that goes on in the next one says so', () => {
  expect(exactLines('x'.repeat(90), 80)[1]).toMatch(/^ {2}… x/);
});
