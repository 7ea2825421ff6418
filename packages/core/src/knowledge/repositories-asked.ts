import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { ownedByTeam } from '../reads/repositories.ts';
import { queryTuples } from '../store/raw-query.ts';

export interface AskedPlace {
  source: string;
  place: string;
}

/**
 * Returns the repositories in which is looked: those of a name, those that the handle's team owns, or
 * null for everywhere. @throws AdjutantError `NotFound`
 */
export async function placesAsked(
  context: ReadContext,
  repository: string | undefined,
): Promise<AskedPlace[] | null> {
  if (repository === undefined && context.teamId === null) return null;
  const named =
    repository === undefined
      ? sql`true`
      : sql`(r.name = ${repository} or r.full_name = ${repository} or r.external_id = ${repository} or r.id = ${repository})`;
  const rows = await queryTuples<[string, string]>(
    context.store.read,
    sql`select r.source, r.external_id from repositories r
      where r.workspace_id = ${context.workspaceId} and ${named}
        and ${ownedByTeam(context, 'r.external_id', 'r.source')}`,
  );
  if (rows.length === 0 && repository !== undefined) {
    throw new AdjutantError('NotFound', 'There is no repository of that name.', {
      hint: 'Names as they stand in the overview are known.',
    });
  }
  return rows.map(([source, place]) => ({ source, place }));
}
