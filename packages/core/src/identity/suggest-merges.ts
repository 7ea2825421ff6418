import type { ReadContext } from '../reads/read-context.ts';
import type { IdentitySuggestion } from '../workspace/handle.ts';
import { findSuggestions } from './find-suggestions.ts';
import type { PersonPair } from './known-apart.ts';
import { type KnownIdentities, loadIdentities } from './load-identities.ts';
import { lookedUpOwners } from './looked-up-owners.ts';
import { type AccountKey, resolveAccounts } from './resolve-accounts.ts';
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
  clock,
  declaredPeople = [],
}: ReadContext): Promise<ReviewedIdentities> {
  const known = await loadIdentities(store, workspaceId, declaredPeople, clock.now());
  const rows = reviewedAccounts(known);
  const sameAuthors = [
    ...(await loadSameAuthors(store, workspaceId)),
    ...(await loadSameMergeAuthors(store, workspaceId)),
  ];
  const { separated } = known;
  const lookedUp = lookedUpOwners(known.mappings, known.accounts).flatMap(([found, owners]) =>
    owners.map((owner): [AccountKey, AccountKey] => [found, owner]),
  );
  const written = refusedByAuthority(known);
  const suggestions = findSuggestions({ rows, sameAuthors, written, lookedUp, separated });
  return { rows, separated, suggestions };
}

/** What a rule would join, were it not for what somebody of them may do. Addresses are compared apart. */
function refusedByAuthority(known: KnownIdentities): [AccountKey, AccountKey][] {
  return resolveAccounts(known).refused.flatMap(({ first, second, method }) =>
    toldAsWritten.has(method) ? [[keyOf(first), keyOf(second)]] : [],
  );
}

const toldAsWritten: ReadonlySet<string> = new Set(['explicit_mapping', 'vendor_id', 'claimed_id']);

function keyOf(text: string): AccountKey {
  const [source = '', ...rest] = text.split('\n');
  return { source, externalId: rest.join('\n') };
}
