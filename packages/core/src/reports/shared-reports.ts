import { and, asc, countDistinct, eq, gte, lte } from 'drizzle-orm';
import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { SharedReports } from './handle.ts';
import { requireSpan, sharedByReadable } from './read-reports.ts';
import { toSummaries } from './report-summary.ts';

const { progressReports } = tables;
const mostDays = 31;
const mostReports = 1_000;

const querySchema = z.strictObject({
  fromDay: z.iso.date('is a day, such as 2026-01-31'),
  toDay: z.iso.date('is a day, such as 2026-01-31'),
});

/**
 * Returns what was shared of some days. The viewer's own private reports are not in it: what is read
 * out to a team is what its authors shared.
 */
export async function readShared(
  context: ReadContext,
  input: { fromDay: string; toDay: string },
): Promise<SharedReports> {
  const { fromDay, toDay } = parseInput(querySchema, input);
  requireSpan(fromDay, toDay, mostDays);
  const { store, workspaceId } = context;
  const where = and(
    eq(progressReports.workspaceId, workspaceId),
    await sharedByReadable(context),
    gte(progressReports.day, fromDay),
    lte(progressReports.day, toDay),
  );
  const rows = await store.read
    .select()
    .from(progressReports)
    .where(where)
    .orderBy(asc(progressReports.day), asc(progressReports.id))
    .limit(mostReports + 1);
  const [counted] = await store.read
    .select({ sharing: countDistinct(progressReports.authorPersonId) })
    .from(progressReports)
    .where(where);
  const reports = await toSummaries(context, rows.slice(0, mostReports));
  return {
    fromDay,
    toDay,
    reports: reports.toSorted(byDayAndName),
    isCut: rows.length > mostReports,
    sharing: counted?.sharing ?? 0,
  };
}

function byDayAndName(
  one: SharedReports['reports'][number],
  other: SharedReports['reports'][number],
): number {
  const keyOf = ({ day, author, id }: SharedReports['reports'][number]): string =>
    `${day} ${author.name} ${id}`;
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
