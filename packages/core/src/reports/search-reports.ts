import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { ReportSearch } from './handle.ts';
import { readableAuthors, searchAccessOf, selfOf } from './report-access.ts';
import { toSummaries } from './report-summary.ts';

const { progressReports } = tables;
const querySchema = z.strictObject({
  text: z.string().trim().min(1).max(400),
  limit: z.int().min(1).max(100).default(20),
});

/** Returns the reports in which words stand, among those that the viewer may read. */
export async function searchReports(
  context: ReadContext,
  input: { text: string; limit?: number | undefined },
): Promise<ReportSearch> {
  const { text, limit } = parseInput(querySchema, input);
  const { store, workspaceId, searchIndex } = context;
  if (searchIndex === undefined) return { items: [], hasMore: false };
  const access = await searchAccessOf(context);
  // A report may be found by each of its three texts.
  const query = { text, access, kinds: ['report'] as const, limit: limit * 3 };
  const { hits, hasMore } = await searchIndex.search(workspaceId, query);
  const ids = [...new Set(hits.map(({ externalId }) => externalId))];
  if (ids.length === 0) return { items: [], hasMore: false };
  const rows = await store.read
    .select()
    .from(progressReports)
    .where(and(eq(progressReports.workspaceId, workspaceId), inArray(progressReports.id, ids)));
  // The rows decide, not the index: somebody may have left the team since it was written.
  const self = selfOf(context);
  const authors = await readableAuthors(context);
  const readable = rows.filter(
    ({ authorPersonId, visibility }) =>
      authorPersonId === self ||
      (visibility === 'team' && (authors === null || authors.includes(authorPersonId))),
  );
  const found = readable.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  return {
    items: await toSummaries(context, found.slice(0, limit)),
    hasMore: hasMore || found.length > limit,
  };
}
