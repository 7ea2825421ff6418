import { expect, test } from 'vitest';
import { filterInput, filterOf } from './filter-input.ts';

test('lists are written with commas', () => {
  expect(filterOf({ work_type: 'bug, hotfix', authors: 'people,coding_agents' })).toEqual({
    workTypes: ['bug', 'hotfix'],
    authors: ['people', 'coding_agents'],
  });
  expect(filterOf({ label: 'needs, review', service: 'shop' })).toEqual({
    labels: ['needs, review'],
    service: 'shop',
  });
});

test('nothing asked for is no filter, a zone alone neither', () => {
  expect(filterOf({})).toBeUndefined();
  expect(filterOf({ time_zone: 'Europe/Berlin' })).toBeUndefined();
});

test('a name that there is not is refused with those there are', () => {
  expect(() => filterOf({ work_type: 'chore' })).toThrow('work_type');
  expect(() => filterOf({ authors: '' })).toThrow('authors');
  expect(filterInput.time_zone.safeParse('x'.repeat(401)).success).toBe(false);
});
