import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { JiraSection } from './config/jira-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';

const jiraCredentials: CredentialSystem = {
  source: 'jira',
  title: 'Jira',
  // Every site has a host of its own.
  publicHost: null,
  isVendors: (host) => host === 'api.atlassian.com' || host.endsWith('.atlassian.net'),
};

/** Returns the connector for Jira, loaded only where it is configured. */
export async function configuredJira(
  section: JiraSection,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector> {
  const { jira } = await import('@adjutant/connectors/jira');
  const { token, writeToken, ...rest } = section;
  const from = { env, stored };
  return jira({
    ...withoutUndefined(rest),
    token: credentialOf(jiraCredentials, 'read', token, from),
    writeToken: credentialOf(jiraCredentials, 'write', writeToken, from),
  });
}
