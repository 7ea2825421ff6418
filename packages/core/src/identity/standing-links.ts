import { and, eq } from 'drizzle-orm';
import type { PersonAccount } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { AgreedChange } from './carry-out.ts';
import { readLentAccounts } from './lent-accounts.ts';

const { personAccounts } = tables;

/**
 * Returns the links that stay somebody's own beside what an administrator who is there gives them,
 * whatever a rule says later: those that the plan lists. Empty for a lead's change.
 */
export async function standingLinks(
  transaction: Database,
  {
    workspaceId,
    personId,
    agreed,
  }: { workspaceId: string; personId: string; agreed: AgreedChange },
): Promise<PersonAccount[]> {
  if (agreed.detail['assurance'] === undefined) return [];
  const listed = new Set(
    agreed.plan.moves
      .filter((move) => move.fromPersonId === personId && move.toPersonId === personId)
      .map(({ source, externalId }) => `${source}\n${externalId}`),
  );
  const links = await ownLinks(transaction, workspaceId, personId);
  return links.filter((link) => listed.has(linkKeyOf(link)));
}

/** Returns the links of what is surely somebody's own, and not confirmed yet. */
export async function ownLinks(
  transaction: Database,
  workspaceId: string,
  personId: string,
): Promise<PersonAccount[]> {
  const lent = await readLentAccounts(transaction, workspaceId, personId);
  const rows = await transaction
    .select()
    .from(personAccounts)
    .where(and(eq(personAccounts.workspaceId, workspaceId), eq(personAccounts.personId, personId)))
    .orderBy(personAccounts.accountSource, personAccounts.accountExternalId);
  return rows
    .map(({ workspaceId: _, ...link }) => link)
    .filter((link) => link.method !== 'confirmed' && !lent.has(linkKeyOf(link)));
}

/** Returns a link as somebody confirmed it. */
export function confirmedLink(
  link: PersonAccount,
  { personId, confirmedBy }: { personId: string; confirmedBy: string },
): PersonAccount {
  return { ...link, personId, method: 'confirmed', confidence: 1, confirmedBy };
}

export function linkKeyOf(link: { accountSource: string; accountExternalId: string }): string {
  return `${link.accountSource}\n${link.accountExternalId}`;
}
