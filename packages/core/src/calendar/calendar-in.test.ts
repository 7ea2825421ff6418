import { describe, expect, test } from 'vitest';
import { calendarIn } from './calendar-in.ts';
import { dayOf, nextDay } from './local-time.ts';

const hourMs = 3_600_000;
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Atlantic/Azores',
];
const year = { from: Date.parse('2026-01-01T00:00:00Z'), to: Date.parse('2027-01-01T00:00:00Z') };

describe.each(zones)('days of %s', (zone) => {
  const starts = calendarIn(zone).startsOf('day', year);

  test('are all days of a year, each beginning with its first instant', () => {
    expect(starts.length).toBeGreaterThanOrEqual(365);
    for (const [position, start] of starts.entries()) {
      expect(dayOf(start - 1, zone)).not.toBe(dayOf(start, zone));
      const next = starts[position + 1];
      if (next !== undefined) expect(dayOf(next, zone)).toBe(nextDay(dayOf(start, zone)));
    }
  });

  test('begin weeks on Mondays', () => {
    const weeks = calendarIn(zone).startsOf('week', year);
    expect(weeks).toEqual(
      starts.filter((start) => new Date(`${dayOf(start, zone)}T00:00:00Z`).getUTCDay() === 1),
    );
  });
});

test('a week in which the clocks change is an hour shorter or longer', () => {
  const weeks = calendarIn('Europe/Berlin').startsOf('week', year);
  const lengths = weeks.slice(1).map((start, index) => (start - (weeks[index] ?? 0)) / hourMs);
  expect(lengths.filter((hours) => hours !== 168).toSorted()).toEqual([167, 169]);
});

test('the ends of a span belong to it', () => {
  const from = Date.parse('2026-11-16T00:00:00Z');
  const to = Date.parse('2026-11-23T00:00:00Z');
  expect(calendarIn('UTC').startsOf('week', { from, to })).toEqual([from, to]);
  expect(calendarIn('UTC').startsOf('week', { from: from + 1, to: to - 1 })).toEqual([]);
});

test('a zone that is none is told as such', () => {
  expect(() => calendarIn('Mars/Olympus')).toThrow('"Mars/Olympus" is no time zone.');
});
