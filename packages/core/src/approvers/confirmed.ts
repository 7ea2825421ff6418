import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { readLastRestore } from '../audit/store-subject.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { authenticatorSubject } from './authenticator-history.ts';
import { ownerGrantId, ownerIdOf } from './owner-grant.ts';
import { grantSubject } from './record-grant.ts';

const { auditEntries } = tables;

export const passkeyConfirmed = 'authenticator.confirmed';
export const grantConfirmed = 'approver.confirmed';

/**
 * Returns whether a passkey counts as far as restores go: it was enrolled, or confirmed on the machine,
 * since the store was last put in place. Before that anybody may have written it.
 */
export async function isPasskeyConfirmed(
  database: Database,
  workspaceId: string,
  authenticatorId: string,
): Promise<boolean> {
  const restored = await readLastRestore(database, workspaceId);
  if (restored === null) return true;
  const entries = await readEntries(database, workspaceId, authenticatorSubject, [
    'authenticator.enrolled',
    passkeyConfirmed,
  ]);
  return entries.some(
    ({ seq, detail }) => seq > restored && detail['authenticatorId'] === authenticatorId,
  );
}

/** The same of a right. The owner's own stands: whoever has the machine has it. */
export async function isGrantConfirmed(
  database: Database,
  workspaceId: string,
  { id: grantId, personId }: { id: string; personId: string },
): Promise<boolean> {
  if (grantId === ownerGrantId(workspaceId) && personId === ownerIdOf(workspaceId)) return true;
  const restored = await readLastRestore(database, workspaceId);
  if (restored === null) return true;
  const entries = await readEntries(database, workspaceId, grantSubject(grantId), [
    'approver.granted',
    grantConfirmed,
  ]);
  return entries.some(({ seq }) => seq > restored);
}

async function readEntries(
  database: Database,
  workspaceId: string,
  subject: string,
  events: string[],
): Promise<{ seq: number; detail: Record<string, unknown> }[]> {
  const rows = await database
    .select({ seq: auditEntries.seq, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, subject),
        inArray(auditEntries.event, events),
        isNotNull(auditEntries.seq),
      ),
    );
  return rows.map(({ seq, detail }) => ({ seq: seq ?? 0, detail }));
}
