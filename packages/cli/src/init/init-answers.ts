import type { OwningTeam } from './codeowners.ts';

/** The variable whose token `adjutant init` offers to use; the configuration holds its name only. */
export const githubTokenVariable = 'GITHUB_TOKEN';

/** What is found where `adjutant init` runs. */
export interface Surroundings {
  folder: string;
  /** The name that a team's configuration calls this repository by; null outside a clone. */
  repository: string | null;
  teams: readonly OwningTeam[];
  /** The repository at GitHub that this is a clone of; null for any other. */
  github: { repository: string; hasToken: boolean } | null;
  /** True where a .gitignore could keep the store out and does not yet. */
  canIgnoreStore: boolean;
}

/** What the person decided. */
export interface InitAnswers {
  repositories: string[];
  deploymentTags: string | null;
  /** The repository to read from GitHub, `owner/name`; null for none. */
  github: string | null;
  teams: readonly OwningTeam[];
  ignoreStore: boolean;
  readNow: boolean;
}

/** Returns what is taken where nothing is asked: only what can be seen, no claim about deployments. */
export function proposedAnswers({ repository, teams, canIgnoreStore }: Surroundings): InitAnswers {
  return {
    repositories: repository === null ? [] : ['.'],
    deploymentTags: null,
    // A token is sent to nobody without being asked for.
    github: null,
    teams,
    ignoreStore: canIgnoreStore,
    readNow: repository !== null,
  };
}
