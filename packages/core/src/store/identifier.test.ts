import { expect, test } from 'vitest';
import { createIdentifier } from './identifier.ts';

test('keys are version 7, unique, and rise in the order in which they were made', () => {
  const keys = Array.from({ length: 5_000 }, createIdentifier);
  expect(new Set(keys).size).toBe(5_000);
  expect(keys.toSorted()).toEqual(keys);
  for (const key of keys) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
