import { expect, test } from 'vitest';
import { snippetOf } from './text-snippet.ts';

const marked = (text: string, terms: string[], length?: number) => {
  const snippet = snippetOf(text, terms, length === undefined ? {} : { length });
  return { ...snippet, words: snippet.marks.map(([from, to]) => snippet.text.slice(from, to)) };
};

test('a short text is told whole, its words marked by place', () => {
  const { text, words } = marked('Roll back with payctl. Rolling is safe.', ['roll', 'payctl']);
  expect(text).toBe('Roll back with payctl. Rolling is safe.');
  expect(words).toEqual(['Roll', 'payctl', 'Rolling']);
});

test('of a long text the stretch is told that holds most of the words', () => {
  const filler = 'nothing to see here '.repeat(40);
  const { text, words } = marked(`payment ${filler}the payment service is rolled back ${filler}`, [
    'payment',
    'servic',
    'roll',
  ]);
  expect(words).toEqual(['payment', 'service', 'rolled']);
  expect(text.startsWith('… ')).toBe(true);
  expect(text.endsWith(' …')).toBe(true);
  expect(text.length).toBeLessThan(260);
});

test('a text without any of the words begins at its beginning', () => {
  const { text, marks } = marked('one two three '.repeat(50), ['zebra']);
  expect(text.startsWith('one two')).toBe(true);
  expect(marks).toEqual([]);
});

test('a text that looks marked is not', () => {
  expect(marked('<mark>zebra</mark> **bold**', ['lion']).marks).toEqual([]);
});
