import { expect, test } from 'vitest';
import { commitDifference } from './commit-difference.ts';

/** a ← b ← c ← f ← g, with d ← e from b merged into f; x ← y is a history of its own. */
const history: Record<string, readonly string[]> = {
  a: [],
  b: ['a'],
  c: ['b'],
  d: ['b'],
  e: ['d'],
  f: ['c', 'e'],
  g: ['f'],
  x: [],
  y: ['x'],
};

async function difference(from: string | null, to: string): Promise<string | undefined> {
  const shas = await commitDifference({
    from,
    to,
    parentsOf: (sha) => history[sha],
    pause: () => Promise.resolve(),
  });
  return shas?.toSorted().join('');
}

test.each([
  ['a straight line', 'a', 'c', 'bc'],
  ['a merge brings its branch', 'c', 'g', 'defg'],
  ['a diamond is counted once', 'b', 'f', 'cdef'],
  ['from one side of a branch to the other', 'e', 'c', 'c'],
  ['the same commit again', 'c', 'c', ''],
  ['an older commit', 'g', 'b', ''],
  ['histories without a common commit', 'g', 'y', 'xy'],
  ['nothing before', null, 'c', 'abc'],
])('%s', async (_, from, to, expected) => {
  expect(await difference(from, to)).toBe(expected);
});

test('a commit that is not in the history makes the difference unknown, not empty', async () => {
  expect(await difference('lost', 'c')).toBeUndefined();
  expect(await difference('a', 'lost')).toBeUndefined();
});

test('a long history is walked with pauses', async () => {
  let pauses = 0;
  const shas = await commitDifference({
    from: 'm1',
    to: 'm9000',
    parentsOf: (sha) => [`m${Math.max(1, Number(sha.slice(1)) - 1)}`],
    pause: () => {
      pauses += 1;
      return Promise.resolve();
    },
  });
  expect(shas).toHaveLength(8_999);
  expect(pauses).toBe(2);
});
