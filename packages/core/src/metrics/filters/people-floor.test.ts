import { expect, test } from 'vitest';
import { countPeople, type Division, tellableDivisions } from './people-floor.ts';

interface Row {
  person: string | null;
  label: string;
}

const people = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, index) => `p${from + index}`);
const rowsOf = (some: readonly (string | null)[], label = ''): Row[] =>
  some.map((person) => ({ person, label }));
const set = (key: string, members: readonly string[]): Division<Row> => ({
  key,
  holds: ({ person }) => person !== null && members.includes(person),
});
const labelled = (label: string): Division<Row> => ({
  key: label,
  holds: (row) => row.label.includes(label),
});
const told = (rows: readonly Row[], ...divisions: Division<Row>[]) => [
  ...tellableDivisions(rows, divisions),
];

test('five people are told, and not four', () => {
  const rows = rowsOf(people(12));
  expect(told(rows, set('five', people(5)))).toEqual(['five']);
  expect(told(rows, set('four', people(4)))).toEqual([]);
});

test('what leaves out four people is not told, what leaves out nobody is', () => {
  const rows = rowsOf(people(12));
  expect(told(rows, set('all but four', people(8)))).toEqual([]);
  expect(told(rows, set('all', people(12)))).toEqual(['all']);
  expect(told(rowsOf(people(4)), set('all of four', people(4)))).toEqual([]);
});

test('a set with one more is not told where the set itself is, whichever comes first', () => {
  const rows = rowsOf(people(12));
  const [six, seven] = [set('six', people(6)), set('seven', people(7))];
  expect(told(rows, six, seven)).toEqual(['six']);
  expect(told(rows, seven, six)).toEqual(['seven']);
});

test('two sets that overlap are both told where every piece has five people', () => {
  const rows = rowsOf(people(20));
  const first = set('first', people(10));
  expect(told(rows, first, set('overlapping', people(10, 6)))).toEqual(['first', 'overlapping']);
  expect(told(rows, first, set('by four', people(10, 7)))).toEqual(['first']);
});

test('three sets whose pairs are apart, and all three not, are not all told', () => {
  const rows = rowsOf(people(40));
  const three = [set('a', people(20)), set('b', people(20, 11)), set('c', people(14, 11))];
  expect(told(rows, ...three)).toEqual(['a', 'b']);
});

test('a label inside of another is told only where the rest is of five people', () => {
  const rows = [
    ...rowsOf(people(6), 'triage bug'),
    ...rowsOf(['p1'], 'triage'),
    ...rowsOf(people(6), 'other'),
  ];
  expect(told(rows, labelled('bug'), labelled('triage'))).toEqual(['bug']);
});

test('somebody with rows on both sides counts on both', () => {
  const rows = [...rowsOf(people(5), 'bug'), ...rowsOf(people(5), 'other')];
  expect(told(rows, labelled('bug'))).toEqual(['bug']);
});

test('bots are nobody: their rows neither fill a piece nor spoil one', () => {
  const bots = rowsOf([null, null], 'bug');
  expect(told([...bots, ...rowsOf(people(5), '')], labelled('bug'))).toEqual(['bug']);
  expect(told([...bots, ...rowsOf(people(4), 'bug')], labelled('bug'))).toEqual([]);
  expect(countPeople([...bots, ...rowsOf(['p1', 'p1', 'p2'])])).toBe(2);
});
