import type { Window } from '@adjutant/core/domain';
import { AdjutantError, dayOf, nextDay, startOfDay } from '@adjutant/core/ports';
import { z } from 'zod';

/** The ranges that a page offers; the last days, today inside. */
export const offeredDays = [7, 14, 30, 90, 180, 365] as const;
const usualDays = 30;
const mostDays = 1_100;

const daySchema = z.iso.date('is to be a day, such as 2026-01-31').optional();
const querySchema = z.object({
  days: z.coerce.number().int().min(1).max(mostDays).optional(),
  from: daySchema,
  to: daySchema,
  team: z.string().min(1).max(100).optional(),
  repository: z.string().min(1).max(400).optional(),
});

/** What the address of a page asks for; it can be kept, shared and gone back to. */
export interface PageQuery {
  window: Window;
  /** First and last day, both inside. */
  fromDay: string;
  toDay: string;
  /** Set where the window is the last so many days. */
  days: number | null;
  /** The last day that can be asked for, which is today where the workspace is. */
  today: string;
  /** Whether the range is the one that a page has unless told. */
  isUsualRange: boolean;
  teamId: string | null;
  repository: string | null;
}

/**
 * Returns what the address asks for; the last thirty days of everything where it asks for nothing.
 * @throws AdjutantError `InvalidInput`
 */
export function parsePageQuery(
  parameters: URLSearchParams,
  { now, timeZone }: { now: number; timeZone: string },
): PageQuery {
  // A form sends its empty fields too.
  const given = Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
  const parsed = querySchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.') ?? '';
    throw new AdjutantError('InvalidInput', `"${place}" of the address: ${issue?.message ?? ''}`, {
      hint: 'Go back, or choose a range at the top of the page.',
    });
  }
  const { days, from, to, team = null, repository = null } = parsed.data;
  const today = dayOf(now, timeZone);
  const chosen = { teamId: team, repository, today };
  const count = days ?? usualDays;
  const firstDay = daysBefore(today, count - 1);
  // The form sends its two days along with the range they came from; only changed ones are asked for.
  const isUnchanged = days !== undefined && from === firstDay && to === today;
  if ((from === undefined && to === undefined) || isUnchanged) {
    const fromDay = firstDay;
    const window = { from: startOfDay(fromDay, timeZone), to: now };
    const isUsualRange = count === usualDays;
    return { window, fromDay, toDay: today, days: count, isUsualRange, ...chosen };
  }
  const toDay = to ?? today;
  const fromDay = from ?? toDay;
  const start = startOfDay(fromDay, timeZone);
  const end = Math.min(now, startOfDay(nextDay(toDay), timeZone));
  if (start >= end) {
    throw new AdjutantError('InvalidInput', 'The range ends before it begins, or lies ahead.', {
      hint: 'Choose a first day that is not after the last, and not after today.',
    });
  }
  const window = { from: start, to: end };
  return { window, fromDay, toDay, days: null, isUsualRange: false, ...chosen };
}

function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
}
