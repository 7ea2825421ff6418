import { AdjutantError } from '@adjutant/core/ports';
import type { Window } from '@adjutant/core/domain';
import { z } from 'zod';

/** A calendar day in UTC. */
export const dayInput = z.iso.date();

/** Returns the window from one day until before another; undefined where neither is given. */
export function windowFromDays(
  from: string | undefined,
  to: string | undefined,
): Window | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    throw new AdjutantError('InvalidInput', 'A window needs both from and to.', {
      hint: 'Give both as YYYY-MM-DD, or neither for the default window.',
    });
  }
  const window = { from: Date.parse(from), to: Date.parse(to) };
  if (window.from >= window.to) {
    throw new AdjutantError('InvalidInput', 'The window ends before it begins.', {
      hint: 'to is the first day outside the window, so it must be later than from.',
    });
  }
  return window;
}
