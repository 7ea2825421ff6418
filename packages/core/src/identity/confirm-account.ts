import { and, eq, type SQL } from 'drizzle-orm';
import { type IdentityChange, personAccountSchema, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { recordIdentityChange } from './record-identity-change.ts';
import type { AccountKey } from './resolve-accounts.ts';

const { people, personAccounts } = tables;

/**
 * Says that an account belongs to a person, and records how to take it back: a merge where it was the
 * last account of whoever had it, otherwise a split.
 * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where it is theirs already
 */
export async function confirmAccount(
  { store, workspaceId, viewer, clock }: ReadContext,
  account: AccountKey,
  personId: string,
): Promise<IdentityChange> {
  // An assistant may point at somebody; saying whose an account is is a human's word.
  requireLead(viewer, 'decides who is who');
  return store.transaction(async (transaction) => {
    await requireOwnPerson(transaction, workspaceId, personId);
    const [found] = await linksWhere(
      transaction,
      and(
        eq(personAccounts.workspaceId, workspaceId),
        eq(personAccounts.accountSource, account.source),
        eq(personAccounts.accountExternalId, account.externalId),
      ),
    );
    if (found === undefined) {
      throw new AdjutantError('NotFound', 'No source shows such an account of a person here.', {
        hint: 'Name the source and the account’s id as they stand in the list of people.',
      });
    }
    const link = personAccountSchema.parse(found);
    if (link.personId === personId) {
      throw new AdjutantError('Conflict', 'The account belongs to that person already.');
    }
    const all = await linksWhere(
      transaction,
      and(eq(personAccounts.workspaceId, workspaceId), eq(personAccounts.personId, link.personId)),
    );
    const confirmedBy = viewerLabel(viewer);
    return recordIdentityChange(transaction, {
      workspaceId,
      kind: all.length === 1 ? 'merge' : 'split',
      fromPersonId: link.personId,
      toPersonId: personId,
      previousLinks: [link],
      links: [{ ...link, personId, method: 'confirmed', confidence: 1, confirmedBy }],
      actor: confirmedBy,
      at: clock.now(),
    });
  });
}

/** Whoever was merged into somebody else has no accounts of their own any more. */
async function requireOwnPerson(
  transaction: Database,
  workspaceId: string,
  personId: string,
): Promise<void> {
  const [person] = await transaction
    .select({ mergedIntoPersonId: people.mergedIntoPersonId })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  if (person !== undefined && person.mergedIntoPersonId === null) return;
  throw new AdjutantError('NotFound', 'There is no person with that id here.', {
    hint: 'List people with "adjutant people".',
  });
}

async function linksWhere(transaction: Database, where: SQL | undefined) {
  const rows = await transaction.select().from(personAccounts).where(where);
  return rows.map(({ workspaceId: _, ...link }) => link);
}
