import { and, eq } from 'drizzle-orm';
import { dayOf } from '../calendar/local-time.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';

const { contactPreferences } = tables;
const dayMs = 86_400_000;
/** Days further back are told from memory that nobody has. */
const mostDaysBack = 400;

/** Returns the zone of a person's days: as the person wishes to be reached, else the workspace's. */
export async function zoneOf(
  { store, workspaceId, settings }: ReadContext,
  personId: string,
): Promise<string> {
  const [row] = await store.read
    .select({ timeZone: contactPreferences.timeZone })
    .from(contactPreferences)
    .where(
      and(
        eq(contactPreferences.workspaceId, workspaceId),
        eq(contactPreferences.personId, personId),
      ),
    );
  return row?.timeZone ?? settings.timeZone;
}

/** Returns the day that is meant: today where none is named. @throws AdjutantError `InvalidInput` */
export function reportDay(named: string | undefined, now: number, timeZone: string): string {
  const today = dayOf(now, timeZone);
  if (named === undefined) return today;
  if (named > today) {
    throw new AdjutantError('InvalidInput', `day: ${named} is still to come in ${timeZone}.`, {
      hint: `Today is ${today}. What comes next belongs under "next".`,
    });
  }
  if (Date.parse(named) < now - mostDaysBack * dayMs) {
    throw new AdjutantError('InvalidInput', `day: ${named} is more than ${mostDaysBack} days ago.`);
  }
  return named;
}
