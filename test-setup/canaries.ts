import { createHash } from 'node:crypto';

// Joined at run time: sources and what is built from them must not look like a leak.
const suitePrefix = ['zq7', 'Canary', 'Suite'].join('');

/** Variables that hold secrets on real machines, and one that only this project knows. */
export const canaryVariables = [
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'JIRA_API_TOKEN',
  'SLACK_BOT_TOKEN',
  'NPM_TOKEN',
  'ADJUTANT_CANARY_TOKEN',
] as const;

/** Returns a value that looks random, is the same in every run and begins with the prefix. */
export function makeCanary(prefix: string, name: string): string {
  return prefix + createHash('sha256').update(name).digest('hex').slice(0, 24);
}

/** Returns the secrets of the whole suite, by variable. */
export function suiteCanaries(): Record<string, string> {
  return Object.fromEntries(canaryVariables.map((name) => [name, makeCanary(suitePrefix, name)]));
}

/** What every canary of the suite begins with: searching for it finds all of them, cut off or not. */
export function suiteCanaryPrefix(): string {
  return suitePrefix;
}
