import type { ReadContext } from '../reads/read-context.ts';
import { createOwnHours } from './declared-hours.ts';
import type { Load } from './handle.ts';
import { readOwnLoad } from './own-load.ts';
import { readTeamLoad } from './team-load.ts';

/** Returns load: one's own, and that of five people or more. */
export function createLoad(context: ReadContext): Load {
  return {
    mine: () => readOwnLoad(context),
    team: (query = {}) => readTeamLoad(context, query),
    hours: createOwnHours(context),
  };
}
