import type { AiClass, AiImpactRow } from '@adjutant/core/domain';

/** Fewer people than this are told of by nothing but how many pull requests were merged. */
export const fewestPeople = 5;

/** Classes that say something of the person who wrote the change. */
const markedClasses: readonly AiClass[] = ['assisted', 'declared_none'];

/** Returns how many people the rows are of. Agents and authors that nobody knows are none. */
export function countPeople(rows: readonly Pick<AiImpactRow, 'authorKey'>[]): number {
  const keys = new Set<string>();
  for (const { authorKey } of rows) if (authorKey !== null) keys.add(authorKey);
  return keys.size;
}

/** Returns whether rows are of five people or more, so that figures of them tell of nobody. */
export function hidesPeople(rows: readonly Pick<AiImpactRow, 'authorKey'>[]): boolean {
  return countPeople(rows) >= fewestPeople;
}

/**
 * Returns whether the classes of these rows may be told: the rows are of enough people, and so is each
 * of the two classes that mark what somebody did, where it has rows at all. With one of them hidden
 * the others are hidden too, since the rest of a sum tells the missing part.
 */
export function mayTellClasses(rows: readonly AiImpactRow[]): boolean {
  if (!hidesPeople(rows)) return false;
  return markedClasses.every((marked) => {
    const ofClass = rows.filter(({ aiClass }) => aiClass === marked);
    return ofClass.length === 0 || hidesPeople(ofClass);
  });
}

/**
 * Returns whether rows that a filter left out keep those inside from being told: somebody who asks
 * with the filter and without it learns what was left out.
 */
export function tellsOfLeftOut(leftOut: readonly AiImpactRow[]): boolean {
  return leftOut.length > 0 && !mayTellClasses(leftOut);
}
