import { expect, test } from 'vitest';
import { impliedPeriods } from './stated-velocity.ts';

const stated = { value: 0.5, unit: 'task', per: 'session' };

test('1 task at 0.5 tasks per session implies 2 sessions', () => {
  expect(impliedPeriods(1, stated)).toEqual({ count: 2, unit: 'session' });
});

test('nothing completed implies none of its unit', () => {
  expect(impliedPeriods(0, stated)).toEqual({ count: 0, unit: 'session' });
});

test.each([0, -1, Number.NaN, Number.MIN_VALUE])('a velocity of %s implies nothing', (value) => {
  expect(impliedPeriods(5, { ...stated, value })).toBeNull();
});
