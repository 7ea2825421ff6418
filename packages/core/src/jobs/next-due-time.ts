import { Cron } from 'croner';
import { AdjutantError } from '../errors.ts';

export interface DueTimes {
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: string;
  timeZone: string;
}

/**
 * Returns the first due time after an instant. Around a change of the clocks, a fixed time of day
 * that does not exist comes when the gap ends, and one that occurs twice comes once.
 * @throws AdjutantError `InvalidInput` for what is no schedule, no time zone, or never due
 */
export function nextDueTime({ cron, timeZone }: DueTimes, after: number): number {
  let next: Date | null;
  try {
    next = new Cron(cron, { timezone: timeZone, mode: '5-part' }).nextRun(new Date(after));
  } catch (cause) {
    throw unusable(`The schedule "${cron}" in the time zone "${timeZone}" cannot be read.`, cause);
  }
  if (next === null) throw unusable(`The schedule "${cron}" is never due.`);
  return next.getTime();
}

function unusable(message: string, cause?: unknown): AdjutantError {
  return new AdjutantError('InvalidInput', message, {
    hint: 'Write five fields, minute to day of week, such as "30 7 * * 1-5", and a time zone such as "Europe/Berlin".',
    cause,
  });
}
