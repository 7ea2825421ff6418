import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { IdentityChange } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { auditEntries } = tables;

/** How the ledger tells of each kind of change. A kind without an event does not compile. */
export const changeEvents = {
  merge: 'people.merged',
  split: 'people.split',
  bot: 'people.marked_bot',
} as const satisfies Readonly<Record<IdentityChange['kind'], string>>;

/** What the ledger tells of a change. */
interface ToldChange {
  /** Its place in the ledger, which no clock moves. */
  place: number;
  /** Whether an administrator who was there agreed to it. */
  isAgreed: boolean;
}

/** What no entry tells of, nobody agreed to, and nothing came later. */
export const untold: ToldChange = { place: Infinity, isAgreed: false };

const agreedSchema = z.object({ assurance: z.enum(['presence', 'cooperative']) });
const mostNamed = 500;

/** Returns what the ledger tells of some changes, by their ids. */
export async function readToldChanges(
  database: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, ToldChange>> {
  const told = new Map<string, ToldChange>();
  for (let from = 0; from < ids.length; from += mostNamed) {
    const entries = await database
      .select({
        seq: auditEntries.seq,
        subject: auditEntries.subject,
        detail: auditEntries.detail,
      })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.workspaceId, workspaceId),
          inArray(auditEntries.event, Object.values(changeEvents)),
          inArray(auditEntries.subject, ids.slice(from, from + mostNamed)),
        ),
      );
    for (const { seq, subject, detail } of entries) {
      if (subject === null) continue;
      // Without a place: from before the chain.
      told.set(subject, { place: seq ?? 0, isAgreed: agreedSchema.safeParse(detail).success });
    }
  }
  return told;
}
