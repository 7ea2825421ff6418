import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import type { GithubSection } from './config/github-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';
import { receivedSecrets } from './received-secret.ts';

export const githubCredentials: CredentialSystem = {
  source: 'github',
  title: 'GitHub',
  publicHost: 'api.github.com',
  isVendors: (host) => host === 'api.github.com',
};

/**
 * Returns the connector for GitHub, loaded only where it is configured. Reading and writing have a
 * credential each.
 */
export async function configuredGithub(
  section: GithubSection,
  env: Environment,
  stored: CredentialProvider,
): Promise<ConfiguredConnector> {
  const { github } = await import('@adjutant/connectors/github');
  const { token, writeToken, webhookSecret, app, ...rest } = section;
  const from = { env, stored };
  const read = credentialOf(githubCredentials, 'read', app?.privateKey ?? token, from);
  return github({
    ...withoutUndefined(rest),
    ...(app === undefined
      ? { token: read }
      : {
          app: {
            appId: app.appId,
            installationId: Number(app.installationId),
            privateKey: read,
          },
        }),
    writeToken: credentialOf(githubCredentials, 'write', writeToken, from),
    ...(webhookSecret === undefined ? {} : { webhookSecret: receivedSecrets(webhookSecret, env) }),
  });
}
