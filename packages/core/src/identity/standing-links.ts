import { and, eq } from 'drizzle-orm';
import type { PersonAccount } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { readLentAccounts } from './lent-accounts.ts';

const { personAccounts } = tables;

/**
 * Returns the links of what is surely somebody's own, where an administrator who is there gives them
 * more: what was theirs before stays so beside it, whatever a rule says later. Empty for a lead's change.
 */
export async function standingLinks(
  transaction: Database,
  asked: { workspaceId: string; personId: string; detail: Readonly<Record<string, unknown>> },
): Promise<PersonAccount[]> {
  const { workspaceId, personId, detail } = asked;
  if (detail['assurance'] === undefined) return [];
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
