import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

const short = (before: string, after: string): string[] =>
  diffLines(before, after).map(
    ({ kind, text }) => `${{ same: ' ', plus: '+', minus: '-' }[kind]}${text}`,
  );

test('what both have stays, what changed shows as out and in', () => {
  expect(short('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c']);
  expect(short('a', 'a\nb')).toEqual([' a', '+b']);
  expect(short('a\nb', 'b')).toEqual(['-a', ' b']);
});

test('taking out and putting in gives the other text', () => {
  const before = Array.from({ length: 60 }, (_, at) => `line ${(at * 7) % 13}`).join('\n');
  const after = Array.from({ length: 50 }, (_, at) => `line ${(at * 5) % 11}`).join('\n');
  const lines = diffLines(before, after);
  const side = (left: 'plus' | 'minus'): string =>
    lines.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('\n');
  expect(side('plus')).toBe(before);
  expect(side('minus')).toBe(after);
});

test('very long texts are shown one after the other', () => {
  const long = 'x\n'.repeat(2_000);
  expect(diffLines(long, 'y').filter(({ kind }) => kind === 'same')).toEqual([]);
});
