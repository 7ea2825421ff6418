import type { PersonSummary, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { plainText } from '@adjutant/insights';
import { shortId } from './people-text.ts';

const pageSize = 200;
const shortestEnd = 6;

/**
 * Returns the person that somebody named at a terminal: by id or its end, by name, login or address.
 * @throws AdjutantError `NotFound` for nobody, `InvalidInput` where several fit
 */
export async function findOnePerson(
  handle: WorkspaceHandle,
  named: string,
): Promise<PersonSummary> {
  const wanted = named.trim().toLowerCase();
  const found = (await everybody(handle)).filter((person) => isNamed(person, wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new AdjutantError('NotFound', `Nobody here is "${plainText(named, 80)}".`, {
      hint: '"adjutant people" lists everybody.',
    });
  }
  const ids = found.slice(0, 5).map(({ id }) => shortId(id));
  throw new AdjutantError('InvalidInput', `${found.length} people are "${plainText(named, 80)}".`, {
    hint: `Use one of their ids: ${ids.join(', ')}.`,
  });
}

function isNamed(person: PersonSummary, wanted: string): boolean {
  if (wanted.length >= shortestEnd && person.id.toLowerCase().endsWith(wanted)) return true;
  if (person.displayName.toLowerCase() === wanted) return true;
  return person.accounts.some(({ source, externalId, login, email }) =>
    [externalId, `${source}:${externalId}`, login, email].some(
      (name) => name?.toLowerCase() === wanted,
    ),
  );
}

async function everybody(handle: WorkspaceHandle): Promise<PersonSummary[]> {
  const people: PersonSummary[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await handle.findPeople({ limit: pageSize, cursor: cursor ?? undefined });
    people.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return people;
}
