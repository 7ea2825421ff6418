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

export interface GithubAnswer {
  /** As owner/name. */
  repositories: string[];
  /** Null for api.github.com. */
  baseUrl: string | null;
}

export interface JiraAnswer {
  site: string;
  /** Keys. */
  projects: string[];
  /** Whether the token goes with the account in the variable for it. */
  hasAccount: boolean;
}

export interface SlackAnswer {
  /** By id, or by name where they could not be listed; the name stands beside an id for people. */
  channels: { reference: string; name: string | null }[];
  /** Null for slack.com. */
  baseUrl: string | null;
}

/** What is read from vendors; null for what is not. */
export interface VendorAnswers {
  github: GithubAnswer | null;
  jira: JiraAnswer | null;
  slack: SlackAnswer | null;
}

/** What the person decided. */
export interface InitAnswers extends VendorAnswers {
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
    // A token is sent to nobody without being asked for.
    github: null,
    jira: null,
    slack: null,
    teams,
    ignoreStore: canIgnoreStore,
    readNow: repository !== null,
  };
}
