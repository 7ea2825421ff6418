import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { SlackSection } from './config/slack-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';

export const slackCredentials: CredentialSystem = {
  source: 'slack',
  title: 'Slack',
  publicHost: 'slack.com',
  isVendors: (host) => host === 'slack.com',
};

/** Returns the connector for Slack, loaded only where it is configured. */
export async function configuredSlack(
  section: SlackSection,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector> {
  const { slack } = await import('@adjutant/connectors/slack');
  const { token, writeToken, ...rest } = section;
  const from = { env, stored };
  return slack({
    ...withoutUndefined(rest),
    token: credentialOf(slackCredentials, 'read', token, from),
    writeToken: credentialOf(slackCredentials, 'write', writeToken, from),
  });
}
