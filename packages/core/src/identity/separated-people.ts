import type { IdentityChange, Person } from '../domain.ts';

/**
 * Returns the pairs of people whom somebody parted, by a split or by undoing a merge, as the people
 * that they are now. Only a person undoes and splits, so each pair is a human's word; it holds until
 * a person joins the two again.
 */
export function separatedPeople(
  changes: readonly Pick<IdentityChange, 'kind' | 'fromPersonId' | 'toPersonId' | 'undoneAt'>[],
  people: readonly Pick<Person, 'id' | 'mergedIntoPersonId'>[],
): [string, string][] {
  const mergedInto = new Map(people.map(({ id, mergedIntoPersonId }) => [id, mergedIntoPersonId]));
  const current = (person: string): string => {
    let found = person;
    for (let next = mergedInto.get(found); typeof next === 'string'; next = mergedInto.get(found)) {
      found = next;
    }
    return found;
  };
  return changes.flatMap(({ kind, fromPersonId, toPersonId, undoneAt }) => {
    // Accounts that are a bot's join and part nobody.
    if (kind === 'bot') return [];
    const isParting = kind === 'split' ? undoneAt === null : undoneAt !== null;
    if (!isParting) return [];
    const pair: [string, string] = [current(fromPersonId), current(toPersonId)];
    return pair[0] === pair[1] ? [] : [pair];
  });
}
