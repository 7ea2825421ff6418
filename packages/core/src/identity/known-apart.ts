import { areTwoAtOneVendor } from './account-joins.ts';
import { vouchedId } from './resolve-accounts.ts';
import type { ReviewedAccount } from './reviewed-account.ts';

/** What is known of one person from all their accounts. */
export interface ReviewedPerson {
  id: string;
  displayName: string;
  role: string;
  weight: number;
  sources: ReadonlySet<string>;
  /** The numbers that vendors give to their accounts. */
  vouched: ReadonlySet<string>;
}

/** Returns the people of the accounts by id. */
export function reviewedPeople(rows: readonly ReviewedAccount[]): Map<string, ReviewedPerson> {
  const people = new Map<string, ReviewedPerson>();
  for (const row of rows) {
    const { personId: id, displayName, role, weight } = row;
    const known = people.get(id);
    const vouched = vouchedId(row);
    people.set(id, {
      ...{ id, displayName, role, weight },
      sources: new Set([...(known?.sources ?? []), row.source]),
      vouched: new Set([...(known?.vouched ?? []), ...(vouched === null ? [] : [vouched])]),
    });
  }
  return people;
}

export type PersonPair = readonly [string, string];

/** Returns whether a person said of two that they are two. */
export function partedPairs(
  separated: readonly PersonPair[],
): (one: string, other: string) => boolean {
  const pairs = new Set(separated.flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]));
  return (one, other) => pairs.has(`${one}\n${other}`);
}

/** Returns whether a vendor says of two people that they are two: it knows both, under two numbers. */
export function areTwoToAVendor(one: ReviewedPerson, other: ReviewedPerson): boolean {
  return areTwoAtOneVendor(one.vouched, other.vouched);
}
