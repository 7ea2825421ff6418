import type { Window } from '@adjutant/core/domain';
import { windowOfDays } from '@adjutant/core/ports';
import { z } from 'zod';

/** A calendar day, of the workspace's time zone or of the one that is asked for beside it. */
export const dayInput = z.iso.date();

/** Returns the window from one day until before another; undefined where neither is given. */
export function windowFromDays(
  from: string | undefined,
  to: string | undefined,
  timeZone: string,
): Window | undefined {
  return windowOfDays({ from, to }, timeZone);
}
