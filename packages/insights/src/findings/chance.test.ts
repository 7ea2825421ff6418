import { expect, test } from 'vitest';
import { countDistance, shareDistance } from './chance.ts';

test('counts far apart for their size are far apart in standard errors', () => {
  expect(countDistance(64, 36)).toBeCloseTo(-2.8);
  expect(countDistance(0, 0)).toBe(0);
  expect(countDistance(5, 5)).toBe(0);
});

test('the distance of two shares is that of the pooled two-proportion test', () => {
  // 15/100 and 30/100: pooled 0.225, error sqrt(0.225 × 0.775 × 0.02).
  expect(shareDistance({ hits: 15, of: 100 }, { hits: 30, of: 100 })).toBeCloseTo(2.54, 2);
  expect(shareDistance({ hits: 0, of: 0 }, { hits: 3, of: 10 })).toBe(0);
  expect(shareDistance({ hits: 0, of: 10 }, { hits: 0, of: 10 })).toBe(0);
});
