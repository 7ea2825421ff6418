import type { IdentitySuggestion, UnmatchedPerson } from '../workspace/handle.ts';
import type { ReviewedAccount } from './reviewed-account.ts';

/**
 * Pure: the people whom only one source knows although there are others, with who they may be. Those of
 * whom most is known come first, then by name. With one source alone nobody is unmatched.
 */
export function findUnmatched(
  rows: readonly ReviewedAccount[],
  suggestions: readonly IdentitySuggestion[],
): UnmatchedPerson[] {
  if (new Set(rows.map(({ source }) => source)).size < 2) return [];
  const surest = new Map<string, IdentitySuggestion>();
  for (const suggestion of suggestions) {
    for (const id of [suggestion.fromPersonId, suggestion.toPersonId]) {
      const known = surest.get(id);
      if (known === undefined || suggestion.confidence > known.confidence) {
        surest.set(id, suggestion);
      }
    }
  }
  const byPerson = new Map<string, ReviewedAccount[]>();
  for (const row of rows) byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row]);
  return [...byPerson]
    .flatMap(([personId, accounts]): UnmatchedPerson[] => {
      const [first] = accounts;
      if (first === undefined || accounts.some(({ source }) => source !== first.source)) return [];
      const suggestion = surest.get(personId) ?? null;
      return [
        {
          personId,
          displayName: first.displayName,
          source: first.source,
          accounts: accounts.map(({ externalId, login, name, email }) => ({
            ...{ externalId, login, name, email },
          })),
          standing: standingOf(suggestion),
          suggestion,
        },
      ];
    })
    .toSorted(
      (one, other) =>
        (other.suggestion?.confidence ?? 0) - (one.suggestion?.confidence ?? 0) ||
        (sortKey(one) < sortKey(other) ? -1 : 1),
    );
}

function standingOf(suggestion: IdentitySuggestion | null): UnmatchedPerson['standing'] {
  if (suggestion === null) return 'unknown';
  return suggestion.isAmbiguous ? 'ambiguous' : 'suggested';
}

function sortKey({ displayName, personId }: UnmatchedPerson): string {
  return `${displayName}\n${personId}`;
}
