import { expect, test } from 'vitest';
import { nextDueTime } from './next-due-time.ts';

const from = (after: string, cron: string, timeZone = 'UTC', count = 1): string[] => {
  const times: string[] = [];
  let at = Date.parse(after);
  for (let index = 0; index < count; index += 1) {
    at = nextDueTime({ cron, timeZone }, at);
    times.push(new Date(at).toISOString());
  }
  return times;
};

test('a due time lies strictly after the instant asked for', () => {
  expect(from('2026-09-14T07:30:00Z', '30 7 * * *')).toEqual(['2026-09-15T07:30:00.000Z']);
  expect(from('2026-09-14T07:29:59.999Z', '30 7 * * *')).toEqual(['2026-09-14T07:30:00.000Z']);
});

test('times are of the zone', () => {
  expect(from('2026-09-14T00:00:00Z', '30 7 * * 1-5', 'America/New_York')).toEqual([
    '2026-09-14T11:30:00.000Z',
  ]);
});

test('a time of day that the change of clocks skips comes when the gap ends', () => {
  expect(from('2026-03-28T12:00:00Z', '30 2 * * *', 'Europe/Berlin', 2)).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
});

test('a time of day that the change of clocks repeats comes once, an interval goes on', () => {
  expect(from('2026-10-24T12:00:00Z', '30 2 * * *', 'Europe/Berlin', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ]);
  expect(from('2026-10-24T23:59:00Z', '0 * * * *', 'Europe/Berlin', 4)).toEqual([
    '2026-10-25T00:00:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2026-10-25T02:00:00.000Z',
    '2026-10-25T03:00:00.000Z',
  ]);
});

test.each([
  ['six fields', '0 30 7 * * *', 'UTC'],
  ['a minute that does not exist', '61 * * * *', 'UTC'],
  ['a day that never comes', '0 0 30 2 *', 'UTC'],
  ['words', 'every day', 'UTC'],
  ['nothing', '', 'UTC'],
  ['a zone that does not exist', '0 0 * * *', 'Mars/Olympus'],
])('%s is refused', (_, cron, timeZone) => {
  expect(() => nextDueTime({ cron, timeZone }, 0)).toThrow(
    expect.objectContaining({ code: 'InvalidInput' }),
  );
});
