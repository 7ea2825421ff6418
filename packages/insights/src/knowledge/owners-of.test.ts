import { expect, test } from 'vitest';
import { matchesOwnersPattern, ownersOf } from './owners-of.ts';

test.each([
  ['*', 'src/a.ts', true],
  ['*.md', 'docs/deep/a.md', true],
  ['*.md', 'docs/a.mdx', false],
  ['/docs/', 'docs/deep/a.md', true],
  ['/docs/', 'src/docs/a.md', false],
  ['docs/', 'src/docs/a.md', true],
  ['docs/*', 'docs/a.md', true],
  ['docs/*', 'docs/deep/a.md', false],
  ['/apps/github', 'apps/github/x.ts', true],
  ['**/logs', 'build/logs/x', true],
  ['/a/**/z.md', 'a/b/c/z.md', true],
  ['/a/**/z.md', 'a/z.md', true],
  ['my\\ file.md', 'my file.md', true],
  ['src/(x).ts', 'src/(x).ts', true],
  ['a.b', 'axb', false],
])('the pattern %s holds %s: %s', (pattern, path, holds) => {
  expect(matchesOwnersPattern(pattern, path)).toBe(holds);
});

test('the last line that matches decides, also for nobody', () => {
  const lines = [
    { pattern: '*', owners: ['@all'] },
    { pattern: '/docs/', owners: ['@docs'] },
    { pattern: '/docs/free.md', owners: [] },
  ];
  expect(ownersOf(lines, 'src/a.ts')).toEqual(['@all']);
  expect(ownersOf(lines, 'docs/a.md')).toEqual(['@docs']);
  expect(ownersOf(lines, 'docs/free.md')).toEqual([]);
  expect(ownersOf([], 'a')).toEqual([]);
});
