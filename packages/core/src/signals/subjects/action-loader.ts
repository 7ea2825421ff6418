import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { actionStatusSchema, riskTierSchema } from '../../domain/action.ts';
import { readRows } from '../../store/json-columns.ts';
import type { SubjectLoader } from './subject-source.ts';

const rowSchema = z.object({
  id: z.string(),
  type: z.string(),
  status: actionStatusSchema,
  risk: riskTierSchema.nullable(),
  targetRef: z.string().nullable(),
  createdAt: z.number(),
  preparedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
});
/** Two of them differ in the last letters; the first ones tell the time. */
const shownOfId = 6;

/** Returns actions that wait for somebody to decide, the oldest first. */
export const loadActions: SubjectLoader<'action'> = async (context) => {
  const { read, now, isPast } = context;
  const { workspaceId } = read;
  // What has become of one since is not known to have been so then, but whether it waited is.
  const isWaiting = isPast
    ? sql`a.created_at <= ${now} and coalesce(a.decided_at, ${now} + 1) > ${now}
        and coalesce(a.settled_at, ${now} + 1) > ${now} and a.expires_at > ${now}`
    : // Past its end nobody can decide on it, though the worker has not noted that yet.
      sql`a.status = 'pending' and coalesce(a.expires_at, ${now} + 1) > ${now}`;
  const rows = await readRows(
    read.store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select a.id, a.type, a.status, a.risk, a.target_ref as "targetRef",
        a.created_at as "createdAt", r.prepared_at as "preparedAt", a.expires_at as "expiresAt"
      from actions a left join action_revisions r on r.workspace_id = a.workspace_id
        and r.action_id = a.id and r.revision = a.revision
      where a.workspace_id = ${workspaceId} and ${isWaiting} order by a.created_at, a.id`,
  );
  return rows.flatMap((row) => {
    const waitingSince = row.preparedAt ?? row.createdAt;
    // It was prepared later than the instant that is asked for.
    if (waitingSince > now) return [];
    const spanMs = row.expiresAt === null ? null : row.expiresAt - waitingSince;
    return [
      {
        id: row.id,
        key: `${row.type} ${row.id.slice(-shownOfId)}`,
        title: row.targetRef,
        repository: null,
        teamId: null,
        asOf: now,
        evidence: [row.id],
        type: row.type,
        risk: row.risk ?? 'high',
        status: 'pending' as const,
        waitingSince,
        expiresAt: row.expiresAt,
        waitedShare:
          spanMs === null || spanMs <= 0 ? null : Math.min(1, (now - waitingSince) / spanMs),
      },
    ];
  });
};
