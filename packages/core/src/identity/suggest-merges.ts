import { and, eq, isNull } from 'drizzle-orm';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { IdentitySuggestion } from '../workspace/handle.ts';
import { normaliseEmail, withoutTag } from './email-address.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { loadSameAuthors, loadSameMergeAuthors } from './same-authors.ts';

const { accounts, people, personAccounts } = tables;

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
  return findSuggestions(rows, authors);
}

/**
 * Pure: the pairs whose accounts wrote the same work, or that share a name, an address but for its tag,
 * or a login that is an address's local part.
 */
export function findSuggestions(
  rows: readonly KnownAccount[],
  sameAuthors: readonly (readonly [AccountKey, AccountKey])[] = [],
): IdentitySuggestion[] {
  const found = new Map<string, IdentitySuggestion>();
  const partners = new Map(
    sameAuthors.flatMap((pair) =>
      pair.map((key) => [textOf(key), pair.map(textOf).join('\n')] as const),
    ),
  );
  pairUp(rows, found, 'same_work', ({ account }) => [
    account === undefined ? null : (partners.get(textOf(account)) ?? null),
  ]);
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

function textOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}

const wording: Record<IdentitySuggestion['reason'], string> = {
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
