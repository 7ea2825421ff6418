import { AdjutantError } from '@adjutant/core/ports';
import type { AssistantHandle } from '../assistant-handle.ts';
import { boundedText } from './bounded-text.ts';

const keysInHint = 20;

/** Returns the handle narrowed to the team of that key. @throws AdjutantError `NotFound` */
export async function narrowToTeam(
  workspace: AssistantHandle,
  key: string | undefined,
): Promise<AssistantHandle> {
  if (key === undefined) return workspace;
  const teams = await workspace.teams();
  const team = teams.find((candidate) => candidate.key === key);
  if (team !== undefined) return workspace.forTeam(team.id);
  const keys = teams.slice(0, keysInHint).map((candidate) => boundedText(candidate.key, 60));
  throw new AdjutantError('NotFound', 'There is no team of that key.', {
    hint: `Known team keys: ${keys.join(', ')}.`,
  });
}
