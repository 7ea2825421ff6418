import { expect, it } from 'vitest';
import { weekdayHours } from './weekday-hours.ts';

const utc = (text: string): number => Date.parse(`${text}:00Z`);

it.each([
  ['within a day', '2026-11-18T09:00', '2026-11-18T17:00', 'UTC', 8],
  ['over a weekend', '2026-11-20T18:00', '2026-11-23T06:00', 'UTC', 12],
  ['on a Sunday', '2026-11-22T01:00', '2026-11-22T20:00', 'UTC', 0],
  ['over whole weeks', '2026-11-04T12:00', '2026-11-18T13:00', 'UTC', 241],
  // Saturday begins in Tokyo when it is Friday afternoon in UTC, and in Honolulu on Saturday morning.
  ['where the weekend begins early', '2026-11-20T12:00', '2026-11-20T18:00', 'Asia/Tokyo', 3],
  ['where it begins late', '2026-11-21T06:00', '2026-11-21T12:00', 'Pacific/Honolulu', 4],
  ['backwards', '2026-11-18T12:00', '2026-11-18T10:00', 'UTC', 0],
])('hours of weekdays %s', (_what, from, to, timeZone, hours) => {
  expect(weekdayHours(utc(from), utc(to), timeZone)).toBe(hours);
});
