import { expect, it } from 'vitest';
import { createNameMatcher } from './glob.ts';

it.each([
  ['v*', 'v1.0', true],
  ['v*', 'rev1', false],
  ['v?.?', 'v1.0', true],
  ['v?.?', 'v10.0', false],
  ['release/*', 'release/a/b', true],
  ['v1.0', 'v1x0', false],
  ['*', 'anything', true],
  ['a(b', 'a(b', true],
])('matches %j against %j: %s', (pattern, name, expected) => {
  expect(createNameMatcher(pattern)(name)).toBe(expected);
});
