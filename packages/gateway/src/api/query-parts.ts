import type { WorkspaceHandle } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { AdjutantError, dayOf, startOfDay, windowOfDays } from '@adjutant/core/ports';
import { z } from 'zod';

const mostDays = 1_100;
const dayMs = 86_400_000;

/** How lists are paged. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Most that one page holds.'),
  cursor: z.string().max(400).optional().describe('`nextCursor` of the page before.'),
};

/** A calendar day, from 1970 until 2200. */
export const daySchema = z.iso
  .date('is to be a day, such as 2026-01-31')
  .refine((day) => day >= '1970-01-01' && day <= '2200-12-31', 'is out of reach');

/** The zone of days and weeks, by its name in the IANA database. */
export const timeZoneSchema = z.string().min(1).max(100).refine(isTimeZone, 'is no time zone');

function isTimeZone(name: string): boolean {
  try {
    return dayOf(0, name) !== '';
  } catch {
    return false;
  }
}

/** Which stretch of time is meant; none for the usual one of whatever is asked. */
export const stretch = {
  from: daySchema.optional().describe('First day inside.'),
  to: daySchema.optional().describe('First day outside.'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostDays)
    .optional()
    .describe('The last so many days, today among them; instead of from and to.'),
};

/** The key of the team that is meant. */
export const team = {
  team: z.string().min(1).max(100).optional().describe('Key of a team: only what it owns.'),
};

export const repository = {
  repository: z.string().min(1).max(400).optional().describe('Name of a repository.'),
};

/** A word of the address that may stand there several times. */
export function severalOf<Item extends z.ZodType>(item: Item, most: number) {
  const list = z.array(item).min(1).max(most);
  return z.union([item.transform((one) => [one]), list]).optional();
}

/** `true` or `false`, as an address says it. */
export const flagSchema = z.enum(['true', 'false']).transform((word) => word === 'true');

/** The id of a row, as answers name it. */
export const rowIdSchema = z.string().min(1).max(200);

/**
 * Returns the window that an address asks for; undefined where it asks for none.
 * @throws AdjutantError `InvalidInput` for one that ends before it begins, or that is told twice
 */
export function windowOf(
  asked: { from?: string | undefined; to?: string | undefined; days?: number | undefined },
  { timeZone }: Pick<WorkspaceHandle, 'timeZone'>,
  now: number,
): Window | undefined {
  const { days } = asked;
  if (days === undefined) return windowOfDays(asked, timeZone);
  if (asked.from !== undefined || asked.to !== undefined) {
    throw new AdjutantError('InvalidInput', 'query.days: goes without from and to.');
  }
  const firstDay = new Date(Date.parse(dayOf(now, timeZone)) - (days - 1) * dayMs);
  return { from: startOfDay(firstDay.toISOString().slice(0, 10), timeZone), to: now };
}

/** Returns the window from one day until before another. @throws AdjutantError `InvalidInput` */
export function windowBetween(from: string, to: string, timeZone: string): Window {
  const window = windowOfDays({ from, to }, timeZone);
  if (window !== undefined) return window;
  throw new AdjutantError('InvalidInput', 'A window needs both its days.');
}
