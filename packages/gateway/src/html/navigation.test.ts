import { expect, test } from 'vitest';
import { allPages } from '../dashboard/all-pages.ts';
import { navigationGroups, navigationPaths } from './navigation.ts';

test('the navigation leads to every page of one address, and nowhere else', () => {
  const led = navigationGroups().flatMap(({ entries }) => entries.map(({ path }) => path));
  const own = allPages.map(({ path }) => path).filter((path) => !path.includes('/', 1));
  expect(led.toSorted()).toEqual([...own, '/approvals', '/passkeys'].toSorted());
  expect(led).toEqual(navigationPaths);
});
