import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { keepCitations } from '../citations/keep-citations.ts';
import { computeMetric } from '../metrics/compute-metric.ts';
import { countExcluded } from '../metrics/filters/excluded-rows.ts';
import { readRows } from '../store/json-columns.ts';
import type { MetricExplanation, MetricQuery } from '../workspace/handle.ts';
import { type DescribedSubject, describedSubjects } from './described-subjects.ts';
import { nextCursor, readCursor, readLimit } from './paging.ts';
import type { ReadContext } from './read-context.ts';

/** Returns a metric's value together with the rows that made it, a page at a time, and what was left out. */
export async function explainMetric(
  context: ReadContext,
  query: MetricQuery & { limit?: number | undefined; cursor?: string | undefined },
): Promise<MetricExplanation> {
  const { limit: asked, cursor, ...question } = query;
  const offset = readCursor(cursor);
  const limit = readLimit(asked);
  const computed = await computeMetric(context, question);
  keepCitations(context.store, [computed.citation]);
  const { answer } = computed;
  const total = answer.evidenceIds.length;
  const last = Math.min(offset + limit, total);
  const page = [];
  for (let index = offset; index < last; index += 1) page.push(computed.evidenceAt(index));
  const described = await describeRows(
    context,
    describedSubjects[computed.query.definition.subject],
    page.map((row) => row.id),
  );
  const items = page.map((row) => {
    const found = described.get(row.id);
    return {
      id: row.id,
      key: found?.key ?? row.id,
      title: found?.title ?? '',
      values: row.values,
      rawRecordId: found?.rawRecordId ?? null,
    };
  });
  const { meta } = answer;
  const read = { read: computed.rowsRead, inFigure: total };
  const excluded = computed.isTold ? await countExcluded(context, computed.query, read) : [];
  const next = nextCursor(offset, items.length, total);
  return { items, total, nextCursor: next, meta, value: answer, excluded };
}

const describedSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  rawRecordId: z.string().nullable(),
});

/** Returns what rows are called, by id, of those that are still there. */
export async function describeRows(
  context: ReadContext,
  subject: DescribedSubject,
  ids: readonly string[],
) {
  const { table, key, title, record } = subject;
  const rawRecordId =
    record === null
      ? sql`null`
      : sql`(select raw.id from raw_records raw where raw.workspace_id = w.workspace_id
          and raw.source = w.source and ${record} limit 1)`;
  const rows = await readRows(
    context.store.read,
    describedSchema,
    Object.keys(describedSchema.shape),
    sql`select w.id, ${key} as "key", ${title} as "title", ${rawRecordId} as "rawRecordId"
        from ${table} w
        where w.workspace_id = ${context.workspaceId}
          and w.id in (select value from json_each(${JSON.stringify(ids)}))`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
