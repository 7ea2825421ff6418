import type { ReadContext } from '../reads/read-context.ts';
import type { IdentitySuggestion } from '../workspace/handle.ts';
import { findSuggestions } from './find-suggestions.ts';
import type { PersonPair } from './known-apart.ts';
import { type KnownIdentities, loadIdentities } from './load-identities.ts';
import { lookedUpOwners } from './looked-up-owners.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { reviewedAccounts, type ReviewedAccount } from './reviewed-account.ts';
import { loadSameAuthors, loadSameMergeAuthors } from './same-authors.ts';

/** What the review of people begins with. */
export interface ReviewedIdentities {
  rows: readonly ReviewedAccount[];
  separated: readonly PersonPair[];
  suggestions: IdentitySuggestion[];
}

/** Returns pairs of people who may be one. Suggestions only: a person confirms, nothing merges itself. */
export async function suggestMerges(context: ReadContext): Promise<IdentitySuggestion[]> {
  return (await reviewIdentities(context)).suggestions;
}

/** Returns the accounts of all people and which of the people may be one. */
export async function reviewIdentities({
  store,
  workspaceId,
}: ReadContext): Promise<ReviewedIdentities> {
  const known = await loadIdentities(store, workspaceId, []);
  const rows = reviewedAccounts(known);
  const sameAuthors = [
    ...(await loadSameAuthors(store, workspaceId)),
    ...(await loadSameMergeAuthors(store, workspaceId)),
  ];
  const { separated } = known;
  const lookedUp = lookedUpOwners(known.mappings, known.accounts).flatMap(([found, owners]) =>
    owners.map((owner): [AccountKey, AccountKey] => [found, owner]),
  );
  const written = writtenAcrossRoles(known, rows);
  const suggestions = findSuggestions({ rows, sameAuthors, written, lookedUp, separated });
  return { rows, separated, suggestions };
}

/** Where roles are equal a written mapping has joined the two, or somebody has parted them. */
function writtenAcrossRoles(
  { mappings }: KnownIdentities,
  rows: readonly ReviewedAccount[],
): [AccountKey, AccountKey][] {
  const roles = new Map(rows.map((row) => [`${row.source}\n${row.externalId}`, row.role]));
  return mappings.flatMap(({ method, source, fromExternalId, toExternalId }) => {
    const isAcross =
      method === 'explicit_mapping' &&
      roles.get(`${source}\n${fromExternalId}`) !== roles.get(`${source}\n${toExternalId}`);
    return isAcross
      ? [
          [
            { source, externalId: fromExternalId },
            { source, externalId: toExternalId },
          ],
        ]
      : [];
  });
}
