import {
  type GithubTeam,
  type GithubTeamTruth,
  githubDataFromTeam,
  type GeneratedTeam,
  startGithubTwin,
} from '@adjutant/connectors/testing';
import { z } from 'zod';
import { demoClock } from './demo-clock.ts';
import type { DemoHost } from './demo-config.ts';

/** The team at a code host of its own, on this machine. */
export interface StartedHost extends DemoHost {
  token: string;
  writeToken: string;
  /** What of a pull request the host itself says: whether it is merged. */
  isMerged: (repository: string, number: number) => Promise<boolean>;
  truth: GithubTeamTruth;
  requestCount: () => number;
  close: () => Promise<void>;
}

/** Where the clones say they came from; the address is told and never asked. */
const webUrl = 'https://git.example.com';
const organization = 'acme';
const mergedSchema = z.object({ merged: z.boolean() });

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
    writeToken: twin.writeToken,
    isMerged: async (repository, number) => {
      const address = `${twin.url}/api/v3/repos/${repository}/pulls/${number}`;
      const headers = { authorization: `Bearer ${twin.token}` };
      const response = await fetch(address, { headers });
      return mergedSchema.parse(await response.json()).merged;
    },
    truth,
    requestCount: () => twin.requests.length,
    close: () => twin.close(),
  };
}
