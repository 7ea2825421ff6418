import type { IdentitySuggestion } from '../workspace/handle.ts';
import {
  areTwoToAVendor,
  partedPairs,
  type PersonPair,
  reviewedPeople,
  type ReviewedPerson,
} from './known-apart.ts';
import type { ReviewedAccount } from './reviewed-account.ts';

/** How sure a suggestion has to be at least to be confirmed together with others. */
export const leastSure = 0.5;

/**
 * Pure: which of the suggestions may be confirmed together, each as from whom into whom, the surest first.
 * Never an ambiguous one, never across roles; and what would join two by way of a third, whom a vendor
 * or a person tells apart, is left out.
 */
export function planMerges(
  suggestions: readonly IdentitySuggestion[],
  rows: readonly ReviewedAccount[],
  separated: readonly PersonPair[],
  above: number,
): IdentitySuggestion[] {
  const people = reviewedPeople(rows);
  const areParted = partedPairs(separated);
  const groups = new Map([...people].map(([id, person]) => [id, [person]]));
  const mayMeet = (one: readonly ReviewedPerson[], other: readonly ReviewedPerson[]): boolean =>
    one.every((a) =>
      other.every((b) => a.role === b.role && !areTwoToAVendor(a, b) && !areParted(a.id, b.id)),
    );
  return suggestions
    .toSorted((one, other) => other.confidence - one.confidence)
    .flatMap((suggestion): IdentitySuggestion[] => {
      const { fromPersonId, toPersonId, confidence, isAmbiguous, rolesDiffer } = suggestion;
      if (isAmbiguous || rolesDiffer || confidence < Math.max(above, leastSure)) return [];
      const [one, other] = [groups.get(fromPersonId), groups.get(toPersonId)];
      if (one === undefined || other === undefined || one === other || !mayMeet(one, other)) {
        return [];
      }
      const [stays, goes] = staysFirst(one, other);
      const joined = [...stays, ...goes];
      for (const { id } of joined) groups.set(id, joined);
      return [between(suggestion, goes[0], stays[0])];
    });
}

/** The person who stays stands first in a group: in a team, decided on, else known for longest. */
function staysFirst(
  one: readonly ReviewedPerson[],
  other: readonly ReviewedPerson[],
): [stays: ReviewedPerson[], goes: ReviewedPerson[]] {
  const [a, b] = [one[0], other[0]];
  const heavier = (b?.weight ?? 0) - (a?.weight ?? 0);
  const isOtherFirst = heavier === 0 ? (b?.id ?? '') < (a?.id ?? '') : heavier > 0;
  return isOtherFirst ? [[...other], [...one]] : [[...one], [...other]];
}

function between(
  suggestion: IdentitySuggestion,
  from: ReviewedPerson | undefined,
  to: ReviewedPerson | undefined,
): IdentitySuggestion {
  if (from === undefined || to === undefined) return suggestion;
  return {
    ...suggestion,
    fromPersonId: from.id,
    toPersonId: to.id,
    fromName: from.displayName,
    toName: to.displayName,
    fromSources: [...from.sources],
    toSources: [...to.sources],
  };
}
