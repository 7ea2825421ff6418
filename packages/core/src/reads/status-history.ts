import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { workItemSchema } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { statusSpanSubject } from '../metrics/subjects/status-span-subject.ts';
import { parseInput } from '../parse-input.ts';
import { readRows } from '../store/json-columns.ts';
import { readAnswerMeta } from './answer-meta.ts';
import type { StatusHistory } from './history-handle.ts';
import type { ReadContext } from './read-context.ts';

const { source, externalId, key, createdAt, statusCategory } = workItemSchema.shape;
const rowSchema = z.object({
  source,
  externalId,
  key,
  createdAt,
  isReplayed: z.number(),
  status: z.string().nullable(),
  category: statusCategory,
  from: z.number().nullable(),
  to: z.number().nullable(),
});

/**
 * Returns the statuses that a work item went through, from the same rows that flow metrics are made
 * of. @throws AdjutantError `NotFound`
 */
export async function readStatusHistory(context: ReadContext, id: string): Promise<StatusHistory> {
  const now = context.clock.now();
  const spans = await statusSpanSubject(context, { from: 0, to: now });
  const rows = await readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select f.source, f.external_id as "externalId", w.key, f.created_at as "createdAt",
          f.is_replayed as "isReplayed", f.status, f.category, f.span_from as "from",
          f.span_to as "to"
        from ${spans.from} join work_items w on w.id = f.id
        where f.id = ${parseInput(z.string().min(1).max(200), id)} and ${spans.where}
        order by f.turn, f.span_to is null`,
  );
  const [first] = rows;
  if (first === undefined) {
    throw new AdjutantError('NotFound', 'There is no work item of that id here.', {
      hint: 'List work of the kind work_item; each has an id of its own.',
    });
  }
  return {
    id,
    source: first.source,
    externalId: first.externalId,
    key: first.key,
    createdAt: first.createdAt,
    isReplayed: first.isReplayed === 1,
    stretches: rows.map(({ status, category, from, to }) => ({
      status,
      category,
      from,
      to,
      durationMs: from === null ? null : Math.max(0, (to ?? now) - from),
    })),
    meta: await readAnswerMeta(context),
  };
}
