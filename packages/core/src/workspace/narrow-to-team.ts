import type { Team } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { outsideName } from '../outside-name.ts';

const keysInHint = 20;

/** What can be narrowed to a team: a handle of a workspace, whole or an assistant's. */
interface Narrowable<Handle> {
  teams(): Promise<Team[]>;
  forTeam(teamId: string): Handle;
}

/** Returns the handle narrowed to the team of that key; as it is without one. @throws AdjutantError `NotFound` */
export async function narrowToTeam<Handle extends Narrowable<Handle>>(
  handle: Handle,
  key: string | undefined,
): Promise<Handle> {
  if (key === undefined) return handle;
  const teams = await handle.teams();
  const team = teams.find((candidate) => candidate.key === key);
  if (team !== undefined) return handle.forTeam(team.id);
  const keys = teams.slice(0, keysInHint).map((candidate) => outsideName(candidate.key));
  throw new AdjutantError('NotFound', 'There is no team of that key.', {
    hint: `Known team keys: ${keys.join(', ')}.`,
  });
}
