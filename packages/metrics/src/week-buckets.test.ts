import { describe, expect, test } from 'vitest';
import { inUtc, utc } from './__fixtures__/compute.ts';
import { bucketOf, countPerBucket, countSeries, fullDays, fullWeeks } from './week-buckets.ts';

const september = inUtc({ from: utc('2026-09-07'), to: utc('2026-10-05') });

describe('full weeks', () => {
  test('begin on Monday 00:00 UTC, whatever day the window begins', () => {
    const weeks = fullWeeks(
      inUtc({ from: utc('2026-09-08 00:01'), to: utc('2026-10-01') }),
      Infinity,
    );
    expect(weeks).toMatchObject({ count: 2 });
    expect(weeks.bounds[0]).toBe(utc('2026-09-14'));
  });

  test('are all of a window that begins and ends on Mondays', () => {
    const weeks = fullWeeks(september, september.to);
    expect(weeks.count).toBe(4);
    expect(weeks.bounds[0]).toBe(utc('2026-09-07'));
  });

  test('end with now: the running week is not full', () => {
    expect(fullWeeks(september, utc('2026-09-23 12:00')).count).toBe(2);
  });

  test('are none in a window of six days, nor in an empty or backward one', () => {
    expect(
      fullWeeks(inUtc({ from: utc('2026-09-08'), to: utc('2026-09-14') }), Infinity).count,
    ).toBe(0);
    expect(fullWeeks(inUtc({ from: 0, to: 0 }), Infinity).count).toBe(0);
    expect(fullWeeks(inUtc({ from: september.to, to: september.from }), Infinity).count).toBe(0);
  });

  test('hold before the epoch too', () => {
    const weeks = fullWeeks(inUtc({ from: utc('1969-12-20'), to: utc('1970-01-06') }), Infinity);
    expect(weeks).toMatchObject({ count: 2 });
    expect(weeks.bounds[0]).toBe(utc('1969-12-22'));
  });
});

test('full days drop the hours that the window cuts', () => {
  const days = fullDays(
    inUtc({ from: utc('2026-09-07 10:00'), to: utc('2026-09-10 09:00') }),
    Infinity,
  );
  expect(days).toMatchObject({ count: 2 });
  expect(days.bounds[0]).toBe(utc('2026-09-08'));
});

test('an instant belongs to the bucket that begins with it, the end is outside', () => {
  const weeks = fullWeeks(september, september.to);
  expect(bucketOf(weeks, utc('2026-09-14'))).toBe(1);
  expect(bucketOf(weeks, utc('2026-09-14') - 1)).toBe(0);
  expect(bucketOf(weeks, september.to)).toBe(-1);
  expect(bucketOf(weeks, september.from - 1)).toBe(-1);
});

test('an empty week stays in the series as 0, and nulls are not counted', () => {
  const weeks = fullWeeks(september, september.to);
  const counts = countPerBucket(weeks, [
    utc('2026-09-07'),
    null,
    utc('2026-09-21'),
    utc('2026-01-01'),
  ]);
  expect(countSeries(weeks, counts).map(({ value }) => value)).toEqual([1, 0, 1, 0]);
});
