import { expect, test } from 'vitest';
import { type Carrier, type Claim, claimCommits, type DatedMerge } from './claim-commits.ts';

/** a ← b ← c ← f ← g, with the branch d ← e from b merged into f. */
const history: Record<string, readonly string[]> = {
  a: [],
  b: ['a'],
  c: ['b'],
  d: ['b'],
  e: ['d'],
  f: ['c', 'e'],
  g: ['f'],
};

async function claim(
  carriers: readonly Carrier[],
  merges: readonly DatedMerge[] = [],
): Promise<string[]> {
  const claims = await claimCommits({
    carriers,
    merges,
    parentsOf: (sha) => history[sha],
    pause: () => Promise.resolve(),
  });
  return claims.map(({ carrier, sha, method }: Claim) => `${carrier} ${sha} ${method}`).toSorted();
}

const carrier = (externalId: string, sha: string | null, finishedAt: number): Carrier => ({
  externalId,
  sha,
  finishedAt,
});

test('the first carrier claims its own commit and no more', async () => {
  expect(await claim([carrier('1', 'c', 10)])).toEqual(['1 c exact_sha']);
});

test('a later one claims what it reaches and the earlier did not, branches included', async () => {
  expect(await claim([carrier('1', 'c', 10), carrier('2', 'g', 20)])).toEqual([
    '1 c exact_sha',
    '2 d graph_diff',
    '2 e graph_diff',
    '2 f graph_diff',
    '2 g exact_sha',
  ]);
});

test('a rollback and what is deployed again after it claim nothing a second time', async () => {
  const claims = await claim([
    carrier('1', 'a', 10),
    carrier('2', 'c', 20),
    carrier('3', 'a', 30),
    carrier('4', 'c', 40),
  ]);
  expect(claims).toEqual(['1 a exact_sha', '2 b graph_diff', '2 c exact_sha']);
});

test('where the commit is unknown, the merges since the carrier before are claimed by time', async () => {
  const merges = [
    { sha: 'm1', mergedAt: 5 },
    { sha: 'm2', mergedAt: 15 },
    { sha: 'm3', mergedAt: 25 },
  ];
  const claims = await claim(
    [carrier('1', 'a', 10), carrier('2', 'unknown', 20), carrier('3', null, 30)],
    merges,
  );
  expect(claims).toEqual(['1 a exact_sha', '2 m2 time', '2 unknown exact_sha', '3 m3 time']);
});

test('where no commit before is known, only what was merged since then is claimed, not all history', async () => {
  const merges = [
    { sha: 'b', mergedAt: 5 },
    { sha: 'f', mergedAt: 15 },
    { sha: 'g', mergedAt: 18 },
    { sha: 'elsewhere', mergedAt: 19 },
  ];
  for (const lost of [null, 'rewritten']) {
    const claims = await claim([carrier('1', lost, 10), carrier('2', 'g', 20)], merges);
    expect(claims.filter((text) => text.startsWith('2'))).toEqual(['2 f time', '2 g exact_sha']);
  }
});

test('after a known commit, one that is lost in between does not make history new', async () => {
  const claims = await claim([
    carrier('1', 'b', 10),
    carrier('2', 'rewritten', 20),
    carrier('3', 'c', 30),
  ]);
  expect(claims).toEqual(['1 b exact_sha', '2 rewritten exact_sha', '3 c exact_sha']);
});

test('no carriers, no claims', async () => {
  expect(await claim([], [{ sha: 'm1', mergedAt: 5 }])).toEqual([]);
});
