import { expect, test } from 'vitest';
import {
  countOf,
  formatDay,
  formatFigure,
  formatHours,
  formatNumber,
  formatShare,
  formatWindow,
  listNames,
  speakHours,
} from './format.ts';

test('durations are shown in the unit that a person would use', () => {
  expect([0, 0.005, 0.4, 1, 13.27, 47.9, 48, 100.8, 24 * 120].map(formatHours)).toEqual([
    '0 min',
    '< 1 min',
    '24 min',
    '1 h',
    '13.3 h',
    '47.9 h',
    '2 d',
    '4.2 d',
    '120 d',
  ]);
});

test('a duration in a sentence keeps its number and noun in step', () => {
  expect([0.01, 0.5, 1.2, 36, 49].map(speakHours)).toEqual([
    '1 minute',
    '30 minutes',
    '1 hour',
    '36 hours',
    '2 days',
  ]);
});

test('a small share never reads as none and a large one never as all', () => {
  expect([0, 0.0004, 0.034, 0.25, 0.995, 0.9999, 1].map(formatShare)).toEqual([
    '0 %',
    '< 0.1 %',
    '3.4 %',
    '25 %',
    '99.5 %',
    '> 99.9 %',
    '100 %',
  ]);
});

test('what is not known is unknown in every unit, and never 0', () => {
  for (const unit of ['ms', 'hours', 'days', 'per_day', 'per_week', 'count', 'share'] as const) {
    expect(formatFigure(null, unit)).toBe('unknown');
  }
});

test('every unit has its form', () => {
  expect(formatFigure(12.26, 'per_week')).toBe('12.3 / week');
  expect(formatFigure(0.357, 'per_day')).toBe('0.36 / day');
  expect(formatFigure(1234, 'count')).toBe('1,234');
  expect(formatFigure(3.5, 'days')).toBe('3.5 d');
  expect(formatFigure(90 * 60_000, 'ms')).toBe('1.5 h');
});

test('numbers are grouped, also negative ones and fractions', () => {
  expect([1234567.891, -4012, 999.99].map((value) => formatNumber(value, 1))).toEqual([
    '1,234,567.9',
    '-4,012',
    '1,000',
  ]);
});

test('days are UTC, the last day of a window is inside it, and an impossible instant is unknown', () => {
  const from = Date.UTC(2026, 8, 7);
  expect(formatWindow({ from, to: Date.UTC(2026, 8, 14) })).toBe('2026-09-07 to 2026-09-13');
  expect(formatDay(9e15)).toBe('unknown');
});

test('days are those of the time zone that a figure was counted in', () => {
  // Two weeks in Berlin, over the night in which the clocks are put back.
  const window = { from: Date.UTC(2026, 9, 18, 22), to: Date.UTC(2026, 10, 1, 23) };
  expect(formatWindow(window, 'Europe/Berlin')).toBe('2026-10-19 to 2026-11-01');
  expect(formatWindow(window)).toBe('2026-10-18 to 2026-11-01');
  expect(formatDay(Date.UTC(2026, 9, 18, 23), 'America/New_York')).toBe('2026-10-18');
});

test('names and counts read as a sentence', () => {
  expect(listNames(['a'])).toBe('a');
  expect(listNames(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listNames(['a', 'b', 'c', 'd'])).toBe('a, b and 2 more');
  expect([countOf(1, 'merge'), countOf(4012, 'merge')]).toEqual(['1 merge', '4,012 merges']);
});
