import { and, eq } from 'drizzle-orm';
import { endSessionsOf } from '../approvers/open-sessions.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { IdentityChange, PersonAccount } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { changeEvents } from './told-changes.ts';

const { identityChanges, people, personAccounts } = tables;

export interface NewIdentityChange {
  workspaceId: string;
  kind: IdentityChange['kind'];
  fromPersonId: string;
  toPersonId: string;
  /** The links that change, as they were: undoing restores them. */
  previousLinks: readonly PersonAccount[];
  /** The same links as they are to be. */
  links: readonly PersonAccount[];
  actor: string;
  at: number;
  /** What the ledger keeps of how it was agreed to, beside who is meant. */
  detail?: Readonly<Record<string, unknown>>;
}

/** Moves accounts from one person to another and records it, with what takes it back. No role changes. */
export async function recordIdentityChange(
  transaction: Database,
  { workspaceId, previousLinks, links, detail, ...told }: NewIdentityChange,
): Promise<IdentityChange> {
  const { kind, fromPersonId, toPersonId, actor, at } = told;
  const moved = previousLinks.filter(({ personId }) => personId === fromPersonId);
  const change: IdentityChange = {
    id: createIdentifier(),
    ...told,
    accounts: moved.map((link) => [link.accountSource, link.accountExternalId]),
    undoneAt: null,
  };
  for (const { accountSource, accountExternalId, ...link } of links) {
    await transaction
      .update(personAccounts)
      .set(link)
      .where(
        and(
          eq(personAccounts.workspaceId, workspaceId),
          eq(personAccounts.accountSource, accountSource),
          eq(personAccounts.accountExternalId, accountExternalId),
        ),
      );
  }
  if (kind === 'merge') {
    await transaction
      .update(people)
      .set({ mergedIntoPersonId: toPersonId })
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, fromPersonId)));
    // Whoever was signed in as the one is asked anew who they are.
    await endSessionsOf(transaction, {
      ...{ workspaceId, at, actor },
      personId: fromPersonId,
      reason: 'merged',
    });
  }
  await transaction
    .insert(identityChanges)
    .values({ ...change, workspaceId, previousLinks: [...previousLinks] });
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor,
    event: changeEvents[kind],
    subject: change.id,
    detail: { fromPersonId, toPersonId, ...detail },
    // In git an account is known by an address, so it stands where it can be erased.
    personal: { accounts: JSON.stringify(change.accounts) },
  });
  return change;
}
