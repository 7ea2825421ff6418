import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, firstDay } from './days.ts';

describe('days of reports', () => {
  it('go back a year at most, never behind the first report, and to the day that is asked for', () => {
    expect(firstDay('2026-05-11', null)).toBe('2025-10-10');
    expect(firstDay('2027-05-11', null)).toBe('2026-05-12');
    expect(firstDay('2027-05-11', Date.parse('2027-01-02T23:00:00Z'))).toBe('2027-01-02');
    expect(firstDay('2027-05-11', Date.parse('2020-01-02'))).toBe('2026-05-12');
  });

  it('are counted over the ends of months and years', () => {
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-12-30', '2027-01-02')).toHaveLength(4);
    expect(daysBetween('2027-01-02', '2027-01-01')).toEqual([]);
  });
});
