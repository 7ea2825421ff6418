import type { Window } from './metric-value.ts';

/** Days and weeks of one time zone. */
export interface MetricCalendar {
  readonly timeZone: string;
  /**
   * Instants at which days, or weeks from Monday on, begin: all that lie in the span, its end
   * included, the earliest first. Each period ends where the next one begins.
   */
  startsOf(period: 'day' | 'week', span: Window): readonly number[];
}

/** A window that knows the calendar it is cut by. */
export interface MetricWindow extends Window {
  calendar: MetricCalendar;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** The epoch began on a Thursday; the first Monday came four days later. */
const firstMonday = 4 * dayMs;

/** Days and weeks of UTC, of equal length each. */
export const utcCalendar: MetricCalendar = {
  timeZone: 'UTC',
  startsOf(period, { from, to }) {
    const length = period === 'day' ? dayMs : weekMs;
    const origin = period === 'day' ? 0 : firstMonday;
    const first = Math.ceil((from - origin) / length) * length + origin;
    const count = Math.max(0, Math.floor((to - first) / length) + 1);
    return Array.from({ length: count }, (_, index) => first + index * length);
  },
};
