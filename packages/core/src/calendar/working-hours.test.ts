import { expect, it } from 'vitest';
import { workingHours } from './working-hours.ts';

const utc = (text: string): number => Date.parse(`${text}:00Z`);

it.each([
  ['within a day', '2026-11-18T10:00', '2026-11-18T12:30', 'UTC', 2.5],
  ['from before it opens to after it closes', '2026-11-18T06:00', '2026-11-18T22:00', 'UTC', 8],
  ['in an evening and a night', '2026-11-18T17:00', '2026-11-19T09:00', 'UTC', 0],
  ['from Friday afternoon to Monday morning', '2026-11-20T15:30', '2026-11-23T09:30', 'UTC', 2],
  ['on a Sunday', '2026-11-22T01:00', '2026-11-22T20:00', 'UTC', 0],
  ['over whole weeks', '2026-11-04T12:00', '2026-11-18T13:00', 'UTC', 81],
  // Nine o'clock of Tokyo is midnight of UTC; Friday's closing of Honolulu is Saturday of UTC.
  ['where the day begins early', '2026-11-18T22:00', '2026-11-19T02:00', 'Asia/Tokyo', 2],
  ['where it ends late', '2026-11-21T02:00', '2026-11-21T12:00', 'Pacific/Honolulu', 1],
  ['over a change of clocks', '2026-10-23T15:00', '2026-10-26T09:00', 'Europe/Berlin', 1],
  ['backwards', '2026-11-18T12:00', '2026-11-18T10:00', 'UTC', 0],
])('working hours %s', (_what, from, to, timeZone, hours) => {
  expect(workingHours(utc(from), utc(to), timeZone)).toBe(hours);
});
