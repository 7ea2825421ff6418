import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['30s', 30_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  [' 10s ', 10_000],
])('%s is %i ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '15', 'm', '9s', '8d', '-5m', '1.5h', '99999999d', '15 minutes'])(
  '"%s" is refused with what to write instead',
  (text) => {
    expect(() => parseDuration(text)).toThrow(
      expect.objectContaining({ code: 'InvalidInput', hint: expect.stringContaining('15m') }),
    );
  },
);
