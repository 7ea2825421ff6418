import type { Environment } from '../connector-credential.ts';

/** The variables that `adjutant init` offers to use; the configuration holds their names only. */
export const variables = {
  github: 'GITHUB_TOKEN',
  jira: 'JIRA_TOKEN',
  jiraAccount: 'JIRA_EMAIL',
  jiraSite: 'JIRA_SITE',
  slack: 'SLACK_TOKEN',
} as const;

/** Returns what a variable holds; null where it is not set. */
export function valueOf(env: Environment, name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

/**
 * Returns where the API is that a token was entered for, from the variable beside it; null for the
 * vendor's own. It may be a host, or the whole address of the API.
 */
export function addressBeside(
  env: Environment,
  name: string,
  addressAt: (host: string) => string | null,
): string | null {
  const place = valueOf(env, `${name}_HOST`);
  if (place === null) return null;
  const isAddress = place.includes('://') && URL.canParse(place);
  if (!isAddress) return addressAt(place);
  const { host, pathname } = new URL(place);
  return pathname === '/' && !place.startsWith('http:') ? addressAt(host) : place;
}
