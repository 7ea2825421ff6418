import { and, eq, isNull } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { IdentitySuggestion } from '../workspace/handle.ts';
import { normaliseEmail, withoutTag } from './email-address.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { loadSameAuthors, loadSameMergeAuthors } from './same-authors.ts';

const { accounts, identityMappings, people, personAccounts } = tables;

interface KnownAccount {
  personId: string;
  displayName: string;
  name: string | null;
  email: string | null;
  login: string | null;
  account?: AccountKey;
}

/** Returns pairs of people who may be one. Suggestions only: a person confirms, nothing merges itself. */
export async function suggestMerges(context: ReadContext): Promise<IdentitySuggestion[]> {
  const rows = await context.store.read
    .select({
      personId: people.id,
      displayName: people.displayName,
      role: people.role,
      name: accounts.name,
      email: accounts.email,
      login: accounts.login,
      account: { source: accounts.source, externalId: accounts.externalId },
    })
    .from(personAccounts)
    .innerJoin(
      people,
      and(
        eq(people.workspaceId, personAccounts.workspaceId),
        eq(people.id, personAccounts.personId),
      ),
    )
    .innerJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(
      and(eq(personAccounts.workspaceId, context.workspaceId), isNull(people.mergedIntoPersonId)),
    )
    .orderBy(people.id, accounts.source, accounts.externalId);
  const { store, workspaceId } = context;
  const authors = [
    ...(await loadSameAuthors(store, workspaceId)),
    ...(await loadSameMergeAuthors(store, workspaceId)),
  ];
  const mapped = await store.read
    .select()
    .from(identityMappings)
    .where(eq(identityMappings.workspaceId, workspaceId))
    .orderBy(identityMappings.source, identityMappings.fromExternalId);
  const roles = new Map(rows.map(({ account, role }) => [textOf(account), role]));
  const written = mapped
    .map(({ source, fromExternalId, toExternalId }): [AccountKey, AccountKey] => [
      { source, externalId: fromExternalId },
      { source, externalId: toExternalId },
    ])
    // Where roles are equal the mapping has joined them, or somebody has parted them.
    .filter(([from, to]) => roles.get(textOf(from)) !== roles.get(textOf(to)));
  return findSuggestions(rows, authors, written);
}

/**
 * Pure: the pairs that a mapping names as one, whose accounts wrote the same work, or that share a name, an address but for its tag,
 * or a login that is an address's local part.
 */
export function findSuggestions(
  rows: readonly KnownAccount[],
  sameAuthors: readonly (readonly [AccountKey, AccountKey])[] = [],
  written: readonly (readonly [AccountKey, AccountKey])[] = [],
): IdentitySuggestion[] {
  const found = new Map<string, IdentitySuggestion>();
  pairUp(rows, found, 'written_mapping', pairsOf(written));
  pairUp(rows, found, 'same_work', pairsOf(sameAuthors));
  pairUp(rows, found, 'same_name', (row) => [row.name?.trim().toLowerCase() || null]);
  pairUp(rows, found, 'same_email_without_tag', (row) =>
    row.email === null ? [] : [withoutTag(row.email) ?? normaliseEmail(row.email)],
  );
  pairUp(rows, found, 'login_matches_email', (row) => [
    row.login?.toLowerCase() ?? null,
    row.email?.split('@')[0]?.toLowerCase() ?? null,
  ]);
  return [...found.values()];
}

/** Returns what gives an account the names of the pairs it is in: its partner has the same one. */
function pairsOf(
  pairs: readonly (readonly [AccountKey, AccountKey])[],
): (row: KnownAccount) => string[] {
  const names = new Map<string, string[]>();
  for (const pair of pairs) {
    const name = pair.map(textOf).join('\n');
    for (const key of pair.map(textOf)) names.set(key, [...(names.get(key) ?? []), name]);
  }
  return ({ account }) => (account === undefined ? [] : (names.get(textOf(account)) ?? []));
}

function textOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}

const wording: Record<IdentitySuggestion['reason'], string> = {
  written_mapping: 'are one by a written mapping, but hold different roles',
  same_work: 'are named as the author of the same work by two sources',
  same_name: 'share a name',
  same_email_without_tag: 'share an e-mail address but for its tag',
  login_matches_email: 'have a login that is the other’s e-mail name',
};

function pairUp(
  rows: readonly KnownAccount[],
  found: Map<string, IdentitySuggestion>,
  reason: IdentitySuggestion['reason'],
  keysOf: (row: KnownAccount) => (string | null)[],
): void {
  const firstByKey = new Map<string, KnownAccount>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      if (key === null || key.length < 4) continue;
      const first = firstByKey.get(key);
      if (first === undefined) firstByKey.set(key, row);
      else if (first.personId !== row.personId) {
        const pair = [first.personId, row.personId].join('\n');
        if (found.has(pair)) continue;
        found.set(pair, {
          fromPersonId: row.personId,
          toPersonId: first.personId,
          fromName: row.displayName,
          toName: first.displayName,
          reason,
          message: `${row.displayName} and ${first.displayName} ${wording[reason]}. Are they one person?`,
        });
      }
    }
  }
}
