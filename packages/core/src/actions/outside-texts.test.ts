import { expect, test } from 'vitest';
import { outsideTextsFact } from './outside-texts.ts';

/** As many as were read, the last first. */
const read = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ from: `row ${count - at}`, text: 'said' }));

const told = (count: number, total = count) =>
  outsideTextsFact({ total, texts: read(count) })[0]?.value;

test('all texts are told where they fit, with how many there are', () => {
  expect(outsideTextsFact({ total: 0, texts: [] })).toEqual([]);
  expect(told(1)).toBe('1 text: row 1 “said”');
  expect(told(2)).toBe('2 texts, the last first: row 2 “said”; row 1 “said”');
  expect(told(20)).not.toContain('more');
  expect(told(2, 5)).toContain('row 1 “said”; 3 more');
});

test('what was read first stays in sight, however much is read after it', () => {
  const value = told(100, 130) ?? '';
  expect(value).toMatch(/^130 texts, the last first: row 100 “said”; /);
  expect(value).toContain('row 91 “said”; 110 more between; row 10 “said”');
  expect(value).toMatch(/row 1 “said”$/);
});
