import { eq } from 'drizzle-orm';
import { identityMappingSchema } from '../domain.ts';
import { upsertRows } from '../store/bulk-write.ts';
import { createIdentifier } from '../store/identifier.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { type DeclaredPerson, resolveAccounts } from './resolve-accounts.ts';
import { loadSameAuthors } from './same-authors.ts';

const { accounts, identityMappings, people, personAccounts } = tables;
const linkTarget = { table: personAccounts, key: ['accountSource', 'accountExternalId'] };

/** Links every account that has no person yet and returns how many were linked. */
export async function resolveIdentities(
  store: Store,
  workspaceId: string,
  declaredPeople: readonly DeclaredPerson[],
  reach: () => void | Promise<void>,
): Promise<number> {
  const [allAccounts, mappings, links] = await Promise.all([
    store.read
      .select()
      .from(accounts)
      .where(eq(accounts.workspaceId, workspaceId))
      .orderBy(accounts.source, accounts.externalId),
    store.read
      .select()
      .from(identityMappings)
      .where(eq(identityMappings.workspaceId, workspaceId))
      .orderBy(identityMappings.source, identityMappings.fromExternalId),
    store.read.select().from(personAccounts).where(eq(personAccounts.workspaceId, workspaceId)),
  ]);
  const linked = new Set(links.map((link) => `${link.accountSource}\n${link.accountExternalId}`));
  const isNew = allAccounts.some(
    ({ kind, source, externalId }) => kind === 'human' && !linked.has(`${source}\n${externalId}`),
  );
  if (!isNew) return 0;
  const found = resolveAccounts({
    sameAuthors: await loadSameAuthors(store, workspaceId),
    declaredPeople,
    accounts: allAccounts,
    mappings: mappings.map((mapping) => identityMappingSchema.parse(mapping)),
    links,
  });
  if (found.length === 0) return 0;
  const personByGroup = new Map<string, string>();
  const newPeople: { id: string; displayName: string }[] = [];
  const rows = found.map((link) => {
    let personId: string | undefined;
    if ('existing' in link.person) personId = link.person.existing;
    else {
      personId = personByGroup.get(link.person.group);
      if (personId === undefined) {
        personId = createIdentifier();
        personByGroup.set(link.person.group, personId);
        newPeople.push({ id: personId, displayName: link.displayName });
      }
    }
    return {
      personId,
      accountSource: link.account.source,
      accountExternalId: link.account.externalId,
      method: link.method,
      confidence: link.confidence,
      confirmedBy: null,
    };
  });
  await store.transaction(async (transaction) => {
    for (const person of newPeople) {
      await transaction
        .insert(people)
        .values({ ...person, workspaceId, role: 'member', mergedIntoPersonId: null });
    }
    await upsertRows(transaction, linkTarget, workspaceId, rows);
    await reach();
  });
  return rows.length;
}
