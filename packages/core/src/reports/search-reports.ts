import { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { ReportSearch } from './handle.ts';
import { readByIds } from './read-reports.ts';
import { readableAuthors, searchAccessOf, selfOf } from './report-access.ts';
import { toSummaries } from './report-summary.ts';

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
  const { workspaceId, searchIndex } = context;
  if (searchIndex === undefined) return { items: [], hasMore: false };
  const access = await searchAccessOf(context);
  // A report may be found by each of its three texts.
  const query = { text, access, kinds: ['report'] as const, limit: limit * 3 };
  const { hits, hasMore } = await searchIndex.search(workspaceId, query);
  const ids = [...new Set(hits.map(({ externalId }) => externalId))];
  if (ids.length === 0) return { items: [], hasMore: false };
  const rows = await readByIds(context, ids);
  // The rows decide, not the index: somebody may have left the team since it was written.
  const self = selfOf(context);
  const authors = await readableAuthors(context);
  const readable = rows.filter(
    ({ authorPersonId, visibility }) =>
      authorPersonId === self ||
      (visibility === 'team' && (authors === null || authors.includes(authorPersonId))),
  );
  return {
    items: await toSummaries(context, readable.slice(0, limit)),
    hasMore: hasMore || readable.length > limit,
  };
}
