import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { findOnePerson } from './find-one-person.ts';
import type { AccountName } from './parse-account.ts';

/** A login can be given up and taken by somebody else, so it is never granted a right; its id is named. */
export async function meantByLogin(
  handle: WorkspaceHandle,
  { source, externalId }: AccountName,
): Promise<AdjutantError | null> {
  const person = await findOnePerson(handle, externalId).catch(() => null);
  const known = person?.accounts.find((account) => account.source === source);
  if (person === null || known === undefined) return null;
  return new AdjutantError('NotFound', `No account at ${source} has the id "${externalId}".`, {
    hint: `A right belongs to an id that never changes. Did you mean ${source}:${known.externalId}, which is ${person.displayName}?`,
  });
}
