import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

test.each([
  ['repositoris', ['repositories', 'deployments'], 'repositories'],
  ['teems', ['store', 'teams', 'people'], 'teams'],
  ['x', ['store', 'teams'], null],
  ['', ['store'], null],
  ['a'.repeat(100_000), ['store'], null],
])('%.20s among %j is %s', (typed, known, nearest) => {
  expect(nearestName(typed, known)).toBe(nearest);
});
