import { and, count, desc, eq, gte, inArray, lte, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { reportVisibilitySchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import { readDayWork } from './day-work.ts';
import type { ListReportsQuery, ReportPage, ReportRevision, ReportView } from './handle.ts';
import {
  type ReportRow,
  readableAuthors,
  refuseReport,
  requireReadableReport,
  requireSelf,
  selfOf,
} from './report-access.ts';
import { toSummaries, toSummary } from './report-summary.ts';

const { progressReports, progressReportRevisions } = tables;

const daySchema = z.iso.date('is a day, such as 2026-01-31');
const querySchema = z.strictObject({
  of: z.union([z.literal('me'), z.strictObject({ personId: z.string().min(1) })]).optional(),
  fromDay: daySchema.optional(),
  toDay: daySchema.optional(),
  visibility: reportVisibilitySchema.optional(),
  limit: z.number().optional(),
  cursor: z.string().optional(),
});

/** Returns one report with the work of its day. */
export async function getReport(context: ReadContext, reportId: string): Promise<ReportView> {
  return view(context, await requireReadableReport(context, reportId));
}

/** Returns the viewer's own report of a day; null where there is none. */
export async function reportOfDay(context: ReadContext, named: string): Promise<ReportView | null> {
  const day = parseInput(daySchema, named);
  const [row] = await context.store.read
    .select()
    .from(progressReports)
    .where(
      and(
        eq(progressReports.workspaceId, context.workspaceId),
        eq(progressReports.authorPersonId, requireSelf(context)),
        eq(progressReports.day, day),
      ),
    );
  return row === undefined ? null : view(context, row);
}

async function view(context: ReadContext, row: ReportRow): Promise<ReportView> {
  const { id, authorPersonId: personId, day, timeZone } = row;
  const isOwn = personId === selfOf(context);
  return {
    ...(await toSummary(context, row)),
    // What somebody shared is what it says now: earlier words may be why it was written anew.
    revisions: isOwn ? await readRevisions(context, id) : [],
    // Nor did whoever shared words share what they did all day.
    work: isOwn ? await readDayWork(context, { personId, day, timeZone }) : null,
  };
}

async function readRevisions(
  { store, workspaceId }: ReadContext,
  reportId: string,
): Promise<ReportRevision[]> {
  const rows = await store.read
    .select()
    .from(progressReportRevisions)
    .where(
      and(
        eq(progressReportRevisions.workspaceId, workspaceId),
        eq(progressReportRevisions.reportId, reportId),
      ),
    )
    .orderBy(desc(progressReportRevisions.revision));
  return rows.map(({ workspaceId: _, reportId: __, ...revision }) => revision);
}

/** Returns a page of what the viewer may read, the newest day first. */
export async function listReports(
  context: ReadContext,
  input: ListReportsQuery,
): Promise<ReportPage> {
  const query = parseInput(querySchema, input);
  const offset = readCursor(query.cursor);
  const limit = readLimit(query.limit);
  const shelves = await readShelves(context, query);
  const read = shelves.map((where) =>
    readKeys(context, and(where, inSpan(context, query)), offset + limit),
  );
  const found = await Promise.all(read);
  const page = found
    .flatMap(({ keys }) => keys)
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1))
    .slice(offset, offset + limit);
  const total = found.reduce((sum, shelf) => sum + shelf.total, 0);
  return {
    items: await toSummaries(
      context,
      await readByIds(
        context,
        page.map(({ id }) => id),
      ),
    ),
    total,
    nextCursor: nextCursor(offset, page.length, total),
  };
}

interface ReportKey {
  id: string;
  day: string;
}

function orderOf({ day, id }: ReportKey): string {
  return `${day} ${id}`;
}

/** Keys first, which an index holds: a page has few texts, and what lies before it may be long. */
async function readKeys(
  { store }: ReadContext,
  where: SQL | undefined,
  most: number,
): Promise<{ keys: ReportKey[]; total: number }> {
  const [counted] = await store.read.select({ total: count() }).from(progressReports).where(where);
  const keys = await store.read
    .select({ id: progressReports.id, day: progressReports.day })
    .from(progressReports)
    .where(where)
    .orderBy(desc(progressReports.day), desc(progressReports.id))
    .limit(most);
  return { keys, total: counted?.total ?? 0 };
}

/** Returns the rows of these ids, in their order. */
export async function readByIds(
  { store, workspaceId }: ReadContext,
  ids: readonly string[],
): Promise<ReportRow[]> {
  if (ids.length === 0) return [];
  const rows = await store.read
    .select()
    .from(progressReports)
    .where(
      and(
        // An expression, so that no index of the workspace is walked through for a few ids.
        sql`${progressReports.workspaceId} || '' = ${workspaceId}`,
        inArray(progressReports.id, [...ids]),
      ),
    );
  return rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function inSpan(
  { workspaceId }: ReadContext,
  { fromDay, toDay, visibility }: z.infer<typeof querySchema>,
): SQL | undefined {
  return and(
    eq(progressReports.workspaceId, workspaceId),
    fromDay === undefined ? undefined : gte(progressReports.day, fromDay),
    toDay === undefined ? undefined : lte(progressReports.day, toDay),
    visibility === undefined ? undefined : eq(progressReports.visibility, visibility),
  );
}

/** One's own and what colleagues shared, apart: each lies in an order of its own. */
async function readShelves(
  context: ReadContext,
  { of, visibility }: Pick<ListReportsQuery, 'of' | 'visibility'>,
): Promise<(SQL | undefined)[]> {
  if (of === 'me') return [eq(progressReports.authorPersonId, requireSelf(context))];
  const self = selfOf(context);
  const named = of?.personId;
  if (named !== undefined && named === self) return [eq(progressReports.authorPersonId, named)];
  if (named !== undefined && visibility === 'private') {
    throw refuseReport(context, 'private');
  }
  const shared = await sharedByReadable(context);
  if (named !== undefined) return [and(shared, eq(progressReports.authorPersonId, named))];
  if (self === null) return [shared];
  return [
    eq(progressReports.authorPersonId, self),
    and(shared, ne(progressReports.authorPersonId, self)),
  ];
}

/** The condition that a report was shared with the viewer. */
export async function sharedByReadable(context: ReadContext): Promise<SQL | undefined> {
  const authors = await readableAuthors(context);
  return and(
    eq(progressReports.visibility, 'team'),
    authors === null ? undefined : inArray(progressReports.authorPersonId, authors),
  );
}

/** @throws AdjutantError `InvalidInput` for a span that ends before it begins or is too long */
export function requireSpan(fromDay: string, toDay: string, mostDays: number): void {
  const days = (Date.parse(toDay) - Date.parse(fromDay)) / 86_400_000 + 1;
  if (days >= 1 && days <= mostDays) return;
  throw new AdjutantError('InvalidInput', `toDay: gives 1 to ${mostDays} days from fromDay on`);
}
