import { and, eq, type SQL } from 'drizzle-orm';
import { type IdentityChange, personAccountSchema, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { carryOut } from './carry-out.ts';
import type { IdentityProof } from './presence.ts';
import { readLentAccounts } from './lent-accounts.ts';
import { recordIdentityChange } from './record-identity-change.ts';
import { confirmedLink, linkKeyOf, standingLinks } from './standing-links.ts';
import type { AccountKey } from './resolve-accounts.ts';

const { people, personAccounts } = tables;

/**
 * Says that an account belongs to a person, and records how to take it back: a merge where it was the
 * last account of whoever had it, otherwise a split.
 * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where it is theirs already
 */
export async function confirmAccount(
  context: ReadContext,
  { source, externalId }: AccountKey,
  personId: string,
  proof?: IdentityProof,
): Promise<IdentityChange> {
  const { workspaceId, viewer, clock } = context;
  const account = { source, externalId };
  const operation = { kind: 'confirm', account, personId } as const;
  return carryOut(context, operation, proof, async (transaction, agreed) => {
    const { detail } = agreed;
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
    const lent = await readLentAccounts(transaction, workspaceId, link.personId);
    const isOwn = link.personId === personId;
    const isAgreed = detail['assurance'] !== undefined;
    if (isOwn && !(isAgreed && lent.has(`${source}\n${externalId}`))) {
      throw new AdjutantError('Conflict', 'The account belongs to that person already.');
    }
    const all = await linksWhere(
      transaction,
      and(eq(personAccounts.workspaceId, workspaceId), eq(personAccounts.personId, link.personId)),
    );
    const confirmedBy = viewerLabel(viewer);
    const theirs = await standingLinks(transaction, { workspaceId, personId, agreed });
    const beside = theirs.filter((one) => linkKeyOf(one) !== linkKeyOf(link));
    return recordIdentityChange(transaction, {
      workspaceId,
      detail,
      kind: all.length === 1 && !isOwn ? 'merge' : 'split',
      fromPersonId: link.personId,
      toPersonId: personId,
      previousLinks: [link, ...beside],
      links: [link, ...beside].map((one) => confirmedLink(one, { personId, confirmedBy })),
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
