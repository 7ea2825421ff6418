import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { ReviewerRights } from '../actions/reviewer-rights.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { localAccountSource } from './owner-grant.ts';
import { grantDetail, grantSubject } from './record-grant.ts';
import { isSamePerson } from './same-person.ts';

const { approverGrants, auditEntries, personAccounts } = tables;

type GrantRow = typeof approverGrants.$inferSelect;

/**
 * Rights as they were granted. One counts only while its account still is that person's and while
 * the ledger tells the same of it, so that a row written past Adjutant gives nothing.
 */
export const grantedRights: ReviewerRights = {
  async mayDecide(transaction, question) {
    const grants = await transaction
      .select()
      .from(approverGrants)
      .where(
        and(
          eq(approverGrants.workspaceId, question.workspaceId),
          inArray(approverGrants.scope, ['*', question.type]),
          lte(approverGrants.escalationLevel, question.escalationLevel),
          isNull(approverGrants.revokedAt),
        ),
      );
    const { workspaceId, personId } = question;
    for (const grant of grants) {
      const isOf = await isSamePerson(transaction, workspaceId, grant.personId, personId);
      if (
        isOf &&
        (await isStillTheirs(transaction, grant)) &&
        (await isInLedger(transaction, grant))
      )
        return true;
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
  if (mapped === undefined) return false;
  return isSamePerson(transaction, grant.workspaceId, grant.personId, mapped.personId);
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
