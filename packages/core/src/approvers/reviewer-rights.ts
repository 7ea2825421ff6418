import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { ReviewerRights } from '../actions/reviewer-rights.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { isGrantConfirmed } from './confirmed.ts';
import { localAccountSource } from './owner-grant.ts';
import { grantDetail, grantSubject } from './record-grant.ts';

const { approverGrants, auditEntries, personAccounts } = tables;

type GrantRow = typeof approverGrants.$inferSelect;

/**
 * Rights as they were granted: to one person, and never to whoever that person is joined to. One
 * counts only while its account still is that person's and while the ledger tells the same of it, so
 * that a row written past Adjutant gives nothing.
 */
export const grantedRights: ReviewerRights = {
  async mayDecide(transaction, question) {
    const grants = await transaction
      .select()
      .from(approverGrants)
      .where(
        and(
          eq(approverGrants.workspaceId, question.workspaceId),
          eq(approverGrants.personId, question.personId),
          inArray(approverGrants.scope, ['*', question.type]),
          lte(approverGrants.escalationLevel, question.escalationLevel),
          isNull(approverGrants.revokedAt),
        ),
      );
    for (const grant of grants) {
      const counts =
        (await isStillTheirs(transaction, grant)) &&
        (await isInLedger(transaction, grant)) &&
        (await isGrantConfirmed(transaction, grant.workspaceId, grant));
      if (counts) return true;
    }
    return false;
  },
};

async function isStillTheirs(transaction: Database, grant: GrantRow): Promise<boolean> {
  if (grant.accountSource === localAccountSource) return grant.accountExternalId === grant.personId;
  const [mapped] = await transaction
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, grant.workspaceId),
        eq(personAccounts.accountSource, grant.accountSource),
        eq(personAccounts.accountExternalId, grant.accountExternalId),
      ),
    );
  return mapped?.personId === grant.personId;
}

async function isInLedger(transaction: Database, grant: GrantRow): Promise<boolean> {
  const entries = await transaction
    .select({ event: auditEntries.event, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, grant.workspaceId),
        eq(auditEntries.subject, grantSubject(grant.id)),
      ),
    )
    .orderBy(asc(auditEntries.id));
  const granted = entries.find(({ event }) => event === 'approver.granted');
  if (granted === undefined) return false;
  if (entries.some(({ event }) => event === 'approver.revoked')) return false;
  return canonicalJson(granted.detail) === canonicalJson(grantDetail(grant));
}
