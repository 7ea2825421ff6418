import type { OwningTeam } from './codeowners.ts';

/** What is found where `adjutant init` runs. */
export interface Surroundings {
  folder: string;
  /** The name that a team's configuration calls this repository by; null outside a clone. */
  repository: string | null;
  teams: readonly OwningTeam[];
  /** True where a .gitignore could keep the store out and does not yet. */
  canIgnoreStore: boolean;
}

/** What the person decided. */
export interface InitAnswers {
  repositories: string[];
  deploymentTags: string | null;
  teams: readonly OwningTeam[];
  ignoreStore: boolean;
  readNow: boolean;
}

/** Returns what is taken where nothing is asked: only what can be seen, no claim about deployments. */
export function proposedAnswers({ repository, teams, canIgnoreStore }: Surroundings): InitAnswers {
  return {
    repositories: repository === null ? [] : ['.'],
    deploymentTags: null,
    teams,
    ignoreStore: canIgnoreStore,
    readNow: repository !== null,
  };
}
