import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { auditEntries } = tables;

/** What entries about the whole store are about. */
export const storeSubject = 'store';

/** A backup or an older store took the place of a store, or a foreign one was adopted. */
export const storeRestoredEvent = 'store.restored';

/** Returns the number of the entry that tells of the last restore; null where there was none. */
export async function readLastRestore(
  database: Database,
  workspaceId: string,
): Promise<number | null> {
  const [restored] = await database
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, storeSubject),
        eq(auditEntries.event, storeRestoredEvent),
        isNotNull(auditEntries.seq),
      ),
    )
    .orderBy(desc(auditEntries.seq))
    .limit(1);
  return restored?.seq ?? null;
}
