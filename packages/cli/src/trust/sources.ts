import type { Config } from '../config/config-schema.ts';
import type { Capability } from './capabilities.ts';

/** Returns what is read at hosts with a credential: a file that names more of it reads more of what is private. */
export function sourcesOf({ connectors }: Config): Capability[] {
  const { github, jira, pagerduty, slack } = connectors;
  return [
    ...githubOf(github),
    ...(jira?.projects ?? []).map((key) => `Jira: project ${key}`),
    ...(pagerduty === undefined ? [] : servicesOf(pagerduty)),
    ...(slack?.channels ?? []).map((channel) => `Slack: channel ${channel}`),
  ].map((what) => ({ kind: 'source', what }));
}

function githubOf(github: Config['connectors']['github']): string[] {
  if (github === undefined) return [];
  const { repositories = [], organization, select, copilotUsage } = github;
  const patterns = select ?? ['every repository'];
  return [
    ...repositories.map((repository) => `GitHub: ${repository}`),
    ...(organization === undefined
      ? []
      : patterns.map((pattern) => `GitHub: ${pattern} of ${organization}`)),
    ...(copilotUsage === true ? ['GitHub: who used Copilot on which day'] : []),
  ];
}

/** Without a list it is all of them, so a list that is taken away reads more. */
function servicesOf({ services }: NonNullable<Config['connectors']['pagerduty']>): string[] {
  return services?.map((id) => `PagerDuty: service ${id}`) ?? ['PagerDuty: every service'];
}
