import { calendarIn } from '../../calendar/calendar-in.ts';
import type { SubjectContext } from '../subject-context.ts';

const weekMs = 7 * 86_400_000;

/** Some weeks from Mondays on, and the one that runs. */
export interface Weeks {
  /** When each full week began, the oldest first. */
  starts: readonly number[];
  /** When the one that runs began, and with it the last full one ended. */
  currentStart: number;
}

/** Returns the last full weeks before the instant of a pass, in the zone of the workspace's days. */
export function lastFullWeeks({ now, read }: SubjectContext, count: number): Weeks {
  const calendar = calendarIn(read.settings.timeZone);
  const all = calendar.startsOf('week', { from: now - (count + 2) * weekMs, to: now });
  const currentStart = all.at(-1) ?? now;
  return { starts: all.slice(0, -1).slice(-count), currentStart };
}
