import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimCommits } from './claim-commits.ts';
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

/** Commits 0, 1, 2 …, each with up to two of those before it as parents. */
const graph = fc
  .array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 2, maxLength: 25 })
  .map((picks) =>
    picks.map((picked, sha) => (sha === 0 ? [] : picked.map((pick) => String(pick % sha)))),
  );

test('of any graph, the difference is what one reaches and the other does not', async () => {
  await fc.assert(
    fc.asyncProperty(graph, fc.nat(), fc.nat(), async (parents, first, second) => {
      const parentsOf = (sha: string): string[] | undefined => parents[Number(sha)];
      const reachedFrom = (sha: string): string[] => [
        sha,
        ...(parentsOf(sha) ?? []).flatMap(reachedFrom),
      ];
      const from = String(first % parents.length);
      const to = String(second % parents.length);
      const pause = () => Promise.resolve();
      const shas = await commitDifference({ from, to, parentsOf, pause });
      const old = new Set(reachedFrom(from));
      const expected = new Set(reachedFrom(to).filter((sha) => !old.has(sha)));
      expect(shas?.toSorted()).toEqual([...expected].toSorted());
    }),
    { numRuns: 150, seed: 5 },
  );
});

test('on a line that only goes forward, what each carries first is the difference to the one before', async () => {
  await fc.assert(
    fc.asyncProperty(graph, fc.nat(), async (parents, step) => {
      // With the commit before always among the parents, whatever is later reaches all of before.
      const parentsOf = (sha: string): string[] | undefined => {
        const known = parents[Number(sha)];
        return sha === '0' || known === undefined ? known : [...known, String(Number(sha) - 1)];
      };
      const pause = () => Promise.resolve();
      const every = 1 + (step % 4);
      const carriers = parents.flatMap((_, sha) =>
        sha % every === 0 ? [{ externalId: `d${sha}`, sha: String(sha), finishedAt: sha }] : [],
      );
      const claims = await claimCommits({ carriers, parentsOf, merges: [], pause });
      for (const [position, { externalId, sha }] of carriers.entries()) {
        const from = carriers[position - 1]?.sha;
        if (from === undefined) continue;
        const claimed = claims.filter(({ carrier }) => carrier === externalId);
        const shas = await commitDifference({ from, to: sha, parentsOf, pause });
        expect(claimed.map((claim) => claim.sha).toSorted()).toEqual(shas?.toSorted());
      }
    }),
    { numRuns: 60, seed: 5 },
  );
});
