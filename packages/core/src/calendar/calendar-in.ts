import type { Window } from '../domain.ts';
import { type MetricCalendar, utcCalendar } from '../domain/metric-calendar.ts';
import { AdjutantError } from '../errors.ts';
import { dayOf, instantOfLocal, nextDay } from './local-time.ts';

const dayMs = 86_400_000;
const lastInstantMs = Date.UTC(2201, 0, 3);
/** Windows of the same dates are asked for again and again; a zone's days cost a look-up each. */
const mostKept = 64;

const calendars = new Map<string, MetricCalendar>();

/**
 * Returns the calendar of a time zone. A day begins with its first instant, which is later than
 * midnight where a change of the clocks skips midnight.
 * @throws AdjutantError `InvalidInput` for a zone that is none
 */
export function calendarIn(timeZone: string): MetricCalendar {
  if (timeZone === 'UTC') return utcCalendar;
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  checkZone(timeZone);
  const calendar = createCalendar(timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
}

function checkZone(timeZone: string): void {
  try {
    dayOf(0, timeZone);
  } catch {
    throw new AdjutantError('InvalidInput', `"${timeZone}" is no time zone.`, {
      hint: 'Give a name of the IANA time zone database, such as Europe/Berlin or UTC.',
    });
  }
}

function createCalendar(timeZone: string): MetricCalendar {
  const kept = new Map<string, readonly number[]>();
  return {
    timeZone,
    startsOf(period, span) {
      const key = `${period} ${span.from} ${span.to}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (kept.size >= mostKept) kept.clear();
      const starts = startsIn(timeZone, period, span);
      kept.set(key, starts);
      return starts;
    },
  };
}

function startsIn(timeZone: string, period: 'day' | 'week', { from, to }: Window): number[] {
  if (from < 0 || to > lastInstantMs) {
    throw new AdjutantError('InvalidInput', 'The window is too wide for days of a time zone.', {
      hint: 'Give a window between 1970 and 2200, or ask in UTC.',
    });
  }
  const starts: number[] = [];
  for (let day = dayOf(from, timeZone); ; day = nextDay(day)) {
    if (period === 'week' && !isMonday(day)) continue;
    const start = startOf(day, timeZone);
    if (start > to) return starts;
    if (start >= from) starts.push(start);
  }
}

/** Returns the first instant of a day. */
function startOf(day: string, timeZone: string): number {
  const midnight = instantOfLocal(day, '00:00', timeZone);
  if (dayOf(midnight, timeZone) === day) {
    // Where clocks went back over midnight the day began with the first of the two.
    const earlier = midnight - 3_600_000;
    return dayOf(earlier, timeZone) === day ? earlier : midnight;
  }
  // Clocks that skip midnight go on at one: the day begins with that.
  return instantOfLocal(day, '01:00', timeZone);
}

function isMonday(day: string): boolean {
  return (Date.parse(`${day}T00:00:00Z`) / dayMs + 3) % 7 === 0;
}
