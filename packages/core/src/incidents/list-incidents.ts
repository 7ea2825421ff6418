import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { incidentSubject } from '../metrics/subjects/incident-subject.ts';
import { readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { IncidentSummary } from './handle.ts';

const recentMs = 30 * 86_400_000;

const rowSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  service: z.string().nullable(),
  severity: z.string().nullable(),
  createdAt: z.number(),
  acknowledgedAt: z.number().nullable(),
  resolvedAt: z.number().nullable(),
});

/** Returns incidents that are open, then those that began lately. */
export async function listIncidents(
  context: ReadContext,
  { limit }: { limit?: number | undefined },
): Promise<IncidentSummary[]> {
  const now = context.clock.now();
  const { from, where } = await incidentSubject(context, { from: 0, to: now });
  return readRows(
    context.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select f.id, f.external_id as key, f.title, f.service_key as service, f.severity,
        f.created_at as "createdAt", f.acknowledged_at as "acknowledgedAt",
        f.resolved_at as "resolvedAt"
      from ${from} where ${where}
        and (f.resolved_at is null or f.created_at >= ${now - recentMs})
      order by f.resolved_at is not null, f.created_at desc, f.id limit ${readLimit(limit)}`,
  );
}
