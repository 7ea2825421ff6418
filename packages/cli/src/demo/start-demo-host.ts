import {
  type GithubTeam,
  type GithubTeamTruth,
  githubDataFromTeam,
  type GeneratedTeam,
  startGithubTwin,
} from '@adjutant/connectors/testing';
import { demoClock } from './demo-clock.ts';
import type { DemoHost } from './demo-config.ts';

/** The team at a code host of its own, on this machine. */
export interface StartedHost extends DemoHost {
  token: string;
  truth: GithubTeamTruth;
  requestCount: () => number;
  close: () => Promise<void>;
}

/** Where the clones say they came from; the address is told and never asked. */
const webUrl = 'https://git.example.com';
const organization = 'acme';

/** Starts a GitHub on 127.0.0.1 that holds the same team as the clones, and what git has no place for. */
export async function startDemoHost(
  team: GeneratedTeam,
  makeTeam: (team: GeneratedTeam) => GithubTeam = githubDataFromTeam,
): Promise<StartedHost> {
  const { data, truth } = makeTeam(team);
  data.webUrl = webUrl;
  const twin = await startGithubTwin({ data, clock: demoClock, seed: team.seed });
  return {
    baseUrl: twin.url,
    organization,
    repositories: team.histories.map(({ name }) => `${organization}/${name}`),
    token: twin.token,
    truth,
    requestCount: () => twin.requests.length,
    close: () => twin.close(),
  };
}
