import type { WorkspaceHandle } from '@adjutant/core';

const pageSize = 200;

/** Returns what somebody is called; null for nobody. */
export async function personName(
  handle: WorkspaceHandle,
  personId: string | null,
): Promise<string | null> {
  if (personId === null) return null;
  let cursor: string | null | undefined;
  do {
    const page = await handle.findPeople({ limit: pageSize, cursor: cursor ?? undefined });
    const person = page.items.find(({ id }) => id === personId);
    if (person !== undefined) return person.displayName;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return personId;
}
