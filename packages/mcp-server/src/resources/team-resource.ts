import { neutralise } from '../answer/neutralise.ts';
import type { AssistantHandle } from '../assistant-handle.ts';
import { plainCall } from '../tool-call.ts';
import { getTeamOverview } from '../tools/get-team-overview.ts';

/** The team as it stands, for a client that attaches it to a conversation. */
export const teamResource = {
  uri: 'adjutant://team',
  name: 'team',
  title: 'Team overview',
  description: 'Repositories, open work and delivery metrics, as get_team_overview gives them.',
  mimeType: 'application/json',
};

/** Returns the overview as JSON. */
export async function readTeam(workspace: AssistantHandle): Promise<string> {
  return JSON.stringify(neutralise(await getTeamOverview.handler({}, workspace, plainCall())));
}
