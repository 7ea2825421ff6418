import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { SlackSection } from './config/slack-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';
import { readSecret, receivedSecrets } from './received-secret.ts';

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
  // The report of the week is proposed by whoever serves; a connector carries out what is asked for.
  const { token, writeToken, signingSecret, approvals, weeklyReport: _, ...rest } = section;
  const from = { env, stored };
  return slack({
    ...withoutUndefined(rest),
    ...(approvals === undefined ? {} : { approvals: approvalsIn(approvals, env) }),
    ...(signingSecret === undefined ? {} : { signingSecret: receivedSecrets(signingSecret, env) }),
    token: credentialOf(slackCredentials, 'read', token, from),
    writeToken: credentialOf(slackCredentials, 'write', writeToken, from),
  });
}

/** The secret is no credential that is sent: requests that come in are held against it, nowhere else. */
function approvalsIn(
  { signingSecret, ...rest }: NonNullable<SlackSection['approvals']>,
  env: Environment,
) {
  return {
    ...withoutUndefined(rest),
    ...(signingSecret === undefined ? {} : { signingSecret: () => readSecret(signingSecret, env) }),
  };
}
