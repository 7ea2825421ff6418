import { expect, test } from 'vitest';
import { dayMs } from '../format.ts';
import { chooseReportWindow } from './report-window.ts';

const now = Date.UTC(2026, 10, 20, 9);
const ago = (days: number): number => now - days * dayMs;

test('a busy history shows the last ninety days, without a note', () => {
  const chosen = chooseReportWindow({ first: ago(400), last: ago(1) }, { now });
  expect(chosen).toEqual({ window: { from: ago(90), to: now }, note: null });
});

test('as many days as were asked for are shown', () => {
  expect(chooseReportWindow({ first: ago(400), last: ago(1) }, { now, days: 30 }).window.from).toBe(
    ago(30),
  );
});

test('a young history begins where it begins, not with empty weeks before it', () => {
  const { window, note } = chooseReportWindow({ first: ago(20), last: ago(1) }, { now });
  expect(window).toEqual({ from: ago(20), to: now });
  expect(note).toBe('The history here begins on 2026-10-31.');
});

test('a history that ended long ago shows the days before its end', () => {
  const { window, note } = chooseReportWindow({ first: ago(900), last: ago(400) }, { now });
  expect(window).toEqual({ from: ago(490) + 1, to: ago(400) + 1 });
  expect(note).toBe('Nothing happened since 2025-10-16; the figures show the time before.');
});

test('a future commit and an unknown history leave the window at now', () => {
  const { window, note } = chooseReportWindow({ first: ago(400), last: ago(-40) }, { now });
  expect(window.to).toBe(now);
  expect(note).toContain('a clock was wrong');
  expect(chooseReportWindow({ first: null, last: null }, { now }).note).toBeNull();
});
