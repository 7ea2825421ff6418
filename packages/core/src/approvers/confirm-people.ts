import { and, eq, isNull } from 'drizzle-orm';
import { readLastRestore } from '../audit/store-subject.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import { recordIdentityChange } from '../identity/record-identity-change.ts';
import { confirmedLink, linkKeyOf } from '../identity/standing-links.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import type { UnconfirmedPerson } from './handle.ts';

const { people, personAccounts } = tables;

/** Returns whose accounts a restored store tells of, and nobody here has said so since. */
export async function listUnconfirmedPeople(
  database: Database,
  workspaceId: string,
): Promise<UnconfirmedPerson[]> {
  if ((await readLastRestore(database, workspaceId)) === null) return [];
  const lent = await readLentAccounts(database, workspaceId);
  const lentThere = await readLentAccounts(database, workspaceId, undefined, { asRestored: true });
  const rows = await database
    .select({
      personId: people.id,
      personName: people.displayName,
      source: personAccounts.accountSource,
      externalId: personAccounts.accountExternalId,
    })
    .from(personAccounts)
    .innerJoin(
      people,
      and(eq(people.workspaceId, workspaceId), eq(people.id, personAccounts.personId)),
    )
    .where(and(eq(personAccounts.workspaceId, workspaceId), isNull(people.erasedAt)))
    .orderBy(people.displayName, people.id, personAccounts.accountSource);
  const waiting = new Map<string, UnconfirmedPerson>();
  for (const { personId, personName, ...account } of rows) {
    const key = `${account.source}\n${account.externalId}`;
    if (!lent.has(key) || lentThere.has(key)) continue;
    const person = waiting.get(personId) ?? { personId, personName, accounts: [] };
    waiting.set(personId, person);
    person.accounts.push(account);
  }
  return [...waiting.values()];
}

/** Records that somebody's accounts are theirs, as an administrator at the machine says. */
export async function confirmPerson(
  transaction: Database,
  { workspaceId, clock }: Pick<ApproverContext, 'workspaceId' | 'clock'>,
  { viewer, person }: { viewer: Viewer; person: UnconfirmedPerson },
): Promise<void> {
  const { personId } = person;
  const keys = new Set(person.accounts.map(({ source, externalId }) => `${source}\n${externalId}`));
  const rows = await transaction
    .select()
    .from(personAccounts)
    .where(and(eq(personAccounts.workspaceId, workspaceId), eq(personAccounts.personId, personId)));
  const links = rows
    .map(({ workspaceId: _, ...link }) => link)
    .filter((link) => keys.has(linkKeyOf(link)));
  const confirmedBy = viewerLabel(viewer);
  await recordIdentityChange(transaction, {
    workspaceId,
    kind: 'split',
    fromPersonId: personId,
    toPersonId: personId,
    previousLinks: links,
    links: links.map((link) => confirmedLink(link, { personId, confirmedBy })),
    actor: confirmedBy,
    at: clock.now(),
    detail: { assurance: 'cooperative', reason: 'store_restored' },
  });
}
