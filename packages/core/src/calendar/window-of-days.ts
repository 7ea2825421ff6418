import type { Window } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { calendarIn } from './calendar-in.ts';
import { dayOf } from './local-time.ts';

const dayMs = 86_400_000;

/**
 * Returns the window from the beginning of one calendar day until that of another, in a time zone;
 * undefined where neither is given.
 * @throws AdjutantError `InvalidInput` for half a window, one that ends before it begins, or no zone
 */
export function windowOfDays(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  timeZone: string,
): Window | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    throw new AdjutantError('InvalidInput', 'A window needs both from and to.', {
      hint: 'Give both as YYYY-MM-DD, or neither for the default window.',
    });
  }
  checkYear(from);
  checkYear(to);
  const window = { from: startOfDay(from, timeZone), to: startOfDay(to, timeZone) };
  if (window.from >= window.to) {
    throw new AdjutantError('InvalidInput', 'The window ends before it begins.', {
      hint: 'to is the first day outside the window, so it must be later than from.',
    });
  }
  return window;
}

/** Days far from any that a tool knows are a slip of the pen, and zones know nothing of them. */
function checkYear(day: string): void {
  const year = Number(day.slice(0, 4));
  if (year >= 1970 && year <= 2200) return;
  throw new AdjutantError('InvalidInput', `The day ${day} is out of reach.`, {
    hint: 'Give days between 1970-01-01 and 2200-12-31.',
  });
}

/** Returns the first instant of a day; of one that a zone skipped, that of the day after. */
export function startOfDay(day: string, timeZone: string): number {
  const near = Date.parse(day);
  const starts = calendarIn(timeZone).startsOf('day', {
    from: near - 2 * dayMs,
    to: near + 2 * dayMs,
  });
  return starts.find((start) => dayOf(start, timeZone) >= day) ?? near;
}
