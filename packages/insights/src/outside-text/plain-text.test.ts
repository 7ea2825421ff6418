import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

const escape = '\u001b';

test('ordinary text of any script stays as it is', () => {
  for (const text of [
    'Fix the login',
    'Größe prüfen',
    '修复登录 🚀',
    'عنوان',
    "a < b && c > 'd'",
  ]) {
    expect(plainText(text)).toBe(text);
  }
});

test('whole terminal sequences go, not only their first character', () => {
  expect(plainText(`${escape}[31mred${escape}[0m`)).toBe('red');
  expect(plainText(`${escape}]0;new title\u0007after`)).toBe('after');
  expect(
    plainText(`${escape}]8;;https://evil.example${escape}\\link${escape}]8;;${escape}\\`),
  ).toBe('link');
  expect(plainText('\u009b2Jcleared')).toBe('cleared');
  expect(plainText(`${escape}Pq#1${escape}\\after`)).toBe('after');
});

test('nothing that moves, hides or reorders survives', () => {
  const acting = [
    ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)),
    ...Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(0x7f + code)),
    ...Array.from(
      '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u061c\ufeff\u2028\u2029\u00ad',
    ),
    '\u{e0041}',
    '\ud800',
  ];
  for (const character of acting) {
    // Escape takes the letter after it along, and an opened string what it encloses.
    const isOpening = '\u001b\u0090\u0098\u009b\u009d\u009e\u009f'.includes(character);
    const shown = plainText(`a${character}b`).replace(' ', '');
    expect(shown).toBe(isOpening ? 'a' : 'ab');
  }
});

test('line breaks become spaces, so that text cannot begin a line of its own', () => {
  expect(plainText('one\r\ntwo\u2028three')).toBe('one two three');
});

test('marks stacked on one letter are bounded', () => {
  expect(Array.from(plainText(`a${'\u0301'.repeat(500)}b`)).length).toBeLessThan(8);
});

test('a megabyte is cut to the bound before it is read', () => {
  // Read whole, the letters behind the escape sequences would be what it shows.
  expect(plainText(`${escape}[31m`.repeat(200_000) + 'x'.repeat(1_000_000))).toBe('…');
  expect(plainText('x'.repeat(1_000_000))).toBe(`${'x'.repeat(299)}…`);
});

test('a cut never leaves half a letter', () => {
  expect(plainText('🚀'.repeat(400), 10)).toBe(`${'🚀'.repeat(9)}…`);
});
