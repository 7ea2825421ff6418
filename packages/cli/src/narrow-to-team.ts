import type { WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';

const keysInHint = 20;

/** Returns the handle narrowed to the team of that key. @throws AdjutantError `NotFound` */
export async function narrowToTeam(
  handle: WorkspaceHandle,
  key: string | undefined,
): Promise<WorkspaceHandle> {
  if (key === undefined) return handle;
  const teams = await handle.teams();
  const team = teams.find((candidate) => candidate.key === key);
  if (team !== undefined) return handle.forTeam(team.id);
  const keys = teams.slice(0, keysInHint).map((candidate) => candidate.key);
  throw new AdjutantError('NotFound', 'There is no team of that key.', {
    hint: `Known are: ${keys.join(', ')}.`,
  });
}
