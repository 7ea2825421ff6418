import { expect, test } from 'vitest';
import { cutToWidth, terminalWidth, wrapToWidth } from './terminal-width.ts';

test('a wide letter takes two columns and a combining mark none', () => {
  expect(terminalWidth('abc')).toBe(3);
  expect(terminalWidth('修复')).toBe(4);
  expect(terminalWidth('e\u0301')).toBe(1);
});

test('a cut line never exceeds the columns', () => {
  for (const columns of [2, 3, 7, 12]) {
    expect(terminalWidth(cutToWidth('修复登录 and more text', columns))).toBeLessThanOrEqual(
      columns,
    );
  }
});

test('words are set in lines and nothing is lost while lines remain', () => {
  const text = 'Half of the changes are merged within six hours of their first commit';
  const lines = wrapToWidth(text, 30, 9);
  expect(lines.join(' ')).toBe(text);
  expect(Math.max(...lines.map(terminalWidth))).toBeLessThanOrEqual(30);
});

test('when lines run out the last one says that something is missing', () => {
  const lines = wrapToWidth('one two three four five six seven', 9, 2);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/…$/);
});

test('a number is not parted from its unit', () => {
  expect(wrapToWidth('it was 3.4 %.', 10, 3)).toEqual(['it was', '3.4 %.']);
});
