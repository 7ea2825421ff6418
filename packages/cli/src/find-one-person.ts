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

/**
 * Returns whom somebody names who gives or takes something. A name or account that a rule or a lead
 * brought to a person names nobody then: it would go to whoever they say.
 * @throws AdjutantError `Conflict` for such a name, `NotFound` for nobody, `InvalidInput` where several fit
 */
export async function findOnePersonForAuthority(
  handle: WorkspaceHandle,
  named: string,
): Promise<PersonSummary> {
  const person = await findOnePerson(handle, named);
  const wanted = named.trim().toLowerCase();
  if (isIdOf(person, wanted)) return person;
  const own = person.accounts.filter(({ isLent }) => !isLent);
  const isOwnName = person.accounts.length === own.length || isNamedBy(own, wanted, 'with names');
  if (isOwnName) return person;
  const accounts = own.map(({ source, externalId }) => plainText(`${source}:${externalId}`, 80));
  throw new AdjutantError(
    'Conflict',
    `"${plainText(named, 80)}" came to ${shortId(person.id)} by a rule, a lead or a restored store, so it does not say whom you mean.`,
    {
      hint: `Surely theirs: ${accounts.join(', ') || 'nothing'}. If you mean that person, name the id: ${person.id}. Else part them: adjutant people split.`,
    },
  );
}

function isNamed(person: PersonSummary, wanted: string): boolean {
  if (isIdOf(person, wanted)) return true;
  if (person.displayName.toLowerCase() === wanted) return true;
  return isNamedBy(person.accounts, wanted);
}

function isIdOf({ id }: PersonSummary, wanted: string): boolean {
  return wanted.length >= shortestEnd && id.toLowerCase().endsWith(wanted);
}

function isNamedBy(
  accounts: PersonSummary['accounts'],
  wanted: string,
  which?: 'with names',
): boolean {
  return accounts.some(({ source, externalId, login, email, name: called }) =>
    [externalId, `${source}:${externalId}`, login, email, which && called].some(
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
