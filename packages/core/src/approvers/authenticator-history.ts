import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { auditEntries } = tables;

/** One subject for all of them, so that the whole history is one short read of an index. */
export const authenticatorSubject = 'authenticators';

const enrolledSchema = z.object({
  authenticatorId: z.string(),
  personId: z.string(),
  credentialId: z.string(),
  fingerprint: z.string(),
  /** The authenticator that signed it; null for the workspace's first, which is trusted on first use. */
  signedBy: z.string().nullable(),
});
const revokedSchema = z.object({ authenticatorId: z.string(), signedBy: z.string() });

export type EnrolledDetail = z.infer<typeof enrolledSchema>;
export type HistoryEvent =
  | ({ event: 'enrolled' } & EnrolledDetail)
  | ({ event: 'revoked' } & z.infer<typeof revokedSchema>);

/** Returns what the ledger tells of the passkeys of a workspace, in its order. */
export async function readAuthenticatorHistory(
  database: Database,
  workspaceId: string,
): Promise<HistoryEvent[]> {
  const entries = await database
    .select({
      id: auditEntries.id,
      seq: auditEntries.seq,
      event: auditEntries.event,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, authenticatorSubject),
      ),
    )
    .orderBy(asc(auditEntries.id));
  return (
    entries
      // What has no place in the chain comes last: it cannot pass for the first.
      .toSorted((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER))
      .flatMap(({ event, detail }): HistoryEvent[] => {
        if (event === 'authenticator.enrolled') {
          const read = enrolledSchema.safeParse(detail);
          return read.success ? [{ event: 'enrolled', ...read.data }] : [];
        }
        if (event !== 'authenticator.revoked') return [];
        const read = revokedSchema.safeParse(detail);
        return read.success ? [{ event: 'revoked', ...read.data }] : [];
      })
  );
}

/**
 * Returns the fingerprints of every passkey that was enrolled, the first one first: what an exported
 * checkpoint names, so that a later exchange of the first one shows.
 */
export async function readAuthenticatorFingerprints(
  database: Database,
  workspaceId: string,
): Promise<string[]> {
  const history = await readAuthenticatorHistory(database, workspaceId);
  return history.flatMap((event) => (event.event === 'enrolled' ? [event.fingerprint] : []));
}

/** Returns the ids of passkeys of a person that are enrolled and not revoked, by the ledger. */
export function activeOf(history: readonly HistoryEvent[], personId: string): string[] {
  const revoked = new Set(
    history.flatMap((event) => (event.event === 'revoked' ? [event.authenticatorId] : [])),
  );
  return history.flatMap((event) =>
    event.event === 'enrolled' && event.personId === personId && !revoked.has(event.authenticatorId)
      ? [event.authenticatorId]
      : [],
  );
}
