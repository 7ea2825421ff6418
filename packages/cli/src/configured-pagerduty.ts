import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { PagerdutySection } from './config/pagerduty-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';
import { receivedSecrets } from './received-secret.ts';

const pagerdutyCredentials: CredentialSystem = {
  source: 'pagerduty',
  title: 'PagerDuty',
  publicHost: 'api.pagerduty.com',
  isVendors: (host) => host.endsWith('.pagerduty.com'),
};

/** Returns the connector for PagerDuty, loaded only where it is configured. */
export async function configuredPagerduty(
  section: PagerdutySection,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector> {
  const { pagerduty } = await import('@adjutant/connectors/pagerduty');
  const { token, routingKey, webhookSecret, ...rest } = section;
  const from = { env, stored };
  return pagerduty({
    ...withoutUndefined(rest),
    token: credentialOf(pagerdutyCredentials, 'read', token, from),
    routingKey: credentialOf(pagerdutyCredentials, 'write', routingKey, from),
    ...(webhookSecret === undefined ? {} : { webhookSecret: receivedSecrets(webhookSecret, env) }),
  });
}
