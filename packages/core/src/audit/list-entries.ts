import { and, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { AuditPage, AuditQuery } from './handle.ts';
import { storedObject } from './stored-object.ts';

const { auditEntries } = tables;

/** Returns entries, newest first. */
export async function listEntries(
  { store, workspaceId }: ReadContext,
  query: AuditQuery,
): Promise<AuditPage> {
  const limit = readLimit(query.limit);
  const offset = readCursor(query.cursor);
  const where = and(eq(auditEntries.workspaceId, workspaceId), ...conditions(query));
  const rows = await store.read
    .select(entryColumns)
    .from(auditEntries)
    .where(where)
    // Ids rise with time, so entries from before the chain come after it.
    .orderBy(desc(auditEntries.id))
    .limit(limit)
    .offset(offset);
  const items = rows.map((row) => ({ ...row, detail: storedObject(row.detail) }));
  const [counted] = await store.read.select({ total: count() }).from(auditEntries).where(where);
  const total = counted?.total ?? 0;
  return { items, total, nextCursor: nextCursor(offset, items.length, total) };
}

/** What of an entry everybody may see. Its detail as text: somebody may have left anything in it. */
const entryColumns = {
  id: auditEntries.id,
  at: auditEntries.at,
  actor: auditEntries.actor,
  event: auditEntries.event,
  subject: auditEntries.subject,
  detail: sql<string>`${auditEntries.detail}`,
  traceId: auditEntries.traceId,
  outcome: auditEntries.outcome,
  seq: auditEntries.seq,
};

function conditions(query: AuditQuery): SQL[] {
  const found: SQL[] = [];
  for (const name of ['event', 'subject', 'actor', 'traceId'] as const) {
    const value = query[name];
    if (value !== undefined) found.push(eq(auditEntries[name], value));
  }
  if (query.since !== undefined) found.push(gte(auditEntries.at, query.since));
  if (query.until !== undefined) found.push(lt(auditEntries.at, query.until));
  return found;
}
