import { and, eq, isNull, ne } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { readToldChanges, untold } from './told-changes.ts';

const { identityChanges } = tables;

const linksSchema = z.array(z.object({ accountSource: z.string(), accountExternalId: z.string() }));

/**
 * Changes of one account are undone from the last to the first, also where it is back with whoever had
 * it: undoing then brings back what was, and no order of changes makes more of an account than it was.
 * @throws AdjutantError `Conflict` where a later change of one of its accounts stands
 */
export async function requireLastChange(
  transaction: Database,
  workspaceId: string,
  change: { id: string; previousLinks: unknown[] },
): Promise<void> {
  const keys = new Set(keysOf(change));
  const others = await transaction
    .select({ id: identityChanges.id, previousLinks: identityChanges.previousLinks })
    .from(identityChanges)
    .where(
      and(
        eq(identityChanges.workspaceId, workspaceId),
        ne(identityChanges.id, change.id),
        isNull(identityChanges.undoneAt),
      ),
    );
  const near = others.filter((other) => keysOf(other).some((key) => keys.has(key)));
  const ids = [change, ...near].map(({ id }) => id);
  const told = await readToldChanges(transaction, workspaceId, ids);
  const placeOf = (id: string): number => (told.get(id) ?? untold).place;
  if (!near.some(({ id }) => placeOf(id) > placeOf(change.id))) return;
  throw new AdjutantError('Conflict', 'An account of this change has moved on since.', {
    hint: 'Undo the later changes first.',
  });
}

function keysOf({ previousLinks }: { previousLinks: unknown[] }): string[] {
  return linksSchema
    .parse(previousLinks)
    .map(({ accountSource, accountExternalId }) => `${accountSource}\n${accountExternalId}`);
}
