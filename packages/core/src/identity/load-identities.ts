import { eq, sql } from 'drizzle-orm';
import { identityMappingSchema } from '../domain.ts';
import { readAuthority } from './authority.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { DeclaredPerson, ResolverInput } from './resolve-accounts.ts';
import { loadSameAuthors } from './same-authors.ts';
import { separatedPeople } from './separated-people.ts';

const { accounts, identityChanges, identityMappings, memberships, people, personAccounts } = tables;

/** Who is who so far: what the resolver reads, with the names that people have. */
export interface KnownIdentities extends ResolverInput {
  displayNames: Map<string, string>;
  /** Nothing gives these a name again. */
  erased: Set<string>;
}

/** Loads what decides who is who. The authors of commits are compared only where an account is new. */
export async function loadIdentities(
  store: Store,
  workspaceId: string,
  declaredPeople: readonly DeclaredPerson[],
  now: number,
): Promise<KnownIdentities> {
  const authority = await readAuthority(store.read, { workspaceId, now });
  const [allAccounts, mappings, linkRows, personRows, changes] = await Promise.all([
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
    store.read
      .select({
        id: people.id,
        displayName: people.displayName,
        role: people.role,
        erasedAt: people.erasedAt,
        mergedIntoPersonId: people.mergedIntoPersonId,
        isInTeam: sql<number>`exists (select 1 from ${memberships} where ${memberships.workspaceId} = ${people.workspaceId}
          and ${memberships.personId} = ${people.id} and ${memberships.toDay} is null)`,
      })
      .from(people)
      .where(eq(people.workspaceId, workspaceId)),
    store.read
      .select({
        kind: identityChanges.kind,
        fromPersonId: identityChanges.fromPersonId,
        toPersonId: identityChanges.toPersonId,
        undoneAt: identityChanges.undoneAt,
      })
      .from(identityChanges)
      .where(eq(identityChanges.workspaceId, workspaceId)),
  ]);
  const links = linkRows.map(({ workspaceId: _, ...link }) => link);
  const linked = new Set(links.map((link) => `${link.accountSource}\n${link.accountExternalId}`));
  const isNew = allAccounts.some(
    ({ kind, source, externalId }) => kind === 'human' && !linked.has(`${source}\n${externalId}`),
  );
  return {
    accounts: allAccounts,
    mappings: mappings.map((mapping) => identityMappingSchema.parse(mapping)),
    links,
    people: personRows.map(({ id, role, isInTeam }) => ({
      id,
      role,
      isInTeam: isInTeam !== 0,
      hasAuthority: authority.has(id),
    })),
    separated: separatedPeople(changes, personRows),
    sameAuthors: isNew ? await loadSameAuthors(store, workspaceId) : [],
    declaredPeople,
    erased: new Set(personRows.flatMap(({ id, erasedAt }) => (erasedAt === null ? [] : [id]))),
    displayNames: new Map(personRows.map(({ id, displayName }) => [id, displayName])),
  };
}
