import { expect, test } from 'vitest';
import { yamlBounds } from './yaml-bounds.ts';

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

/** Each way in which YAML lies in itself, so many levels deep. */
const ways: Readonly<Record<string, (levels: number) => string>> = {
  'lists in brackets': (levels) => `a: ${'['.repeat(levels)}${']'.repeat(levels)}`,
  'lists never closed': (levels) => `a: ${'['.repeat(levels)}`,
  'mappings in brackets': (levels) => `a: ${'{a: '.repeat(levels)}1${'}'.repeat(levels)}`,
  'both brackets': (levels) => `a: ${'[{a: '.repeat(levels / 2)}1`,
  'brackets over lines': (levels) => lines(levels, () => '['),
  'dashes in a line': (levels) => `${'- '.repeat(levels)}a`,
  'marks of keys in a line': (levels) => `${'? '.repeat(levels)}a`,
  'both marks in a line': (levels) => `${'- ? '.repeat(levels / 2)}a`,
  'indented mappings': (levels) => lines(levels, (at) => `${' '.repeat(at)}a:`),
  'indented lists': (levels) => lines(levels, (at) => `${' '.repeat(at)}-`),
  'dashes in indented lines': (levels) =>
    lines(levels / 10, (at) => `${' '.repeat(20 * at)}${'- '.repeat(10)}`),
};

test.each(Object.entries(ways))('%s: few levels are read, many are not', (_, made) => {
  expect(yamlBounds(made(20))).toBeNull();
  expect(yamlBounds(made(100))?.message).toBe('is nested more than 40 levels deep');
  expect(yamlBounds(made(20_000).slice(0, 400_000))?.message).toMatch(
    /^(?:is nested|has) more than/,
  );
});

test.each([
  ['keys', lines(4_000, (at) => `k${at}: 1`), 'has more than 3000 keys'],
  ['keys in brackets', `{${lines(4_000, (at) => `k${at}: 1,`)}}`, 'has more than 3000 keys'],
  ['anchors', '&a '.repeat(2_000), 'has more than 1000 anchors, aliases and tags'],
  ['aliases', lines(2_000, () => '- *a'), 'has more than 1000 anchors, aliases and tags'],
  ['tags', '!a '.repeat(2_000), 'has more than 1000 anchors, aliases and tags'],
  ['characters', 'a'.repeat(500_001), 'has more than 500000 characters'],
])('too many %s are not read', (_, text, message) => {
  expect(yamlBounds(text)?.message).toBe(message);
});

test('a long flat file may be read: what was closed is not counted', () => {
  expect(yamlBounds(lines(2_000, (at) => `- { at: [${at}] }\n# [[[[\n`))).toBeNull();
});
