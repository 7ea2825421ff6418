import type { ConfiguredConnector, CredentialProvider } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { JiraSection } from './config/jira-schema.ts';
import {
  credentialOf,
  type CredentialSystem,
  type Environment,
  withoutUndefined,
} from './connector-credential.ts';
import { receivedSecrets } from './received-secret.ts';

export const jiraCredentials: CredentialSystem = {
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
  const { token, writeToken, email, writeEmail, webhookSecret, webhookJwtSecret, ...rest } =
    section;
  const from = { env, stored };
  const account = accountIn(email, env);
  const writeAccount = accountIn(writeEmail, env);
  return jira({
    ...withoutUndefined({ ...rest, email: account.email, writeEmail: writeAccount.email }),
    token: account.beside(credentialOf(jiraCredentials, 'read', token, from)),
    writeToken: (writeEmail === undefined ? account : writeAccount).beside(
      credentialOf(jiraCredentials, 'write', writeToken, from),
    ),
    ...(webhookSecret === undefined ? {} : { webhookSecret: receivedSecrets(webhookSecret, env) }),
    ...(webhookJwtSecret === undefined
      ? {}
      : { webhookJwtSecret: receivedSecrets(webhookJwtSecret, env) }),
  });
}

type Credential = (host: string) => Promise<string>;

/**
 * The account of a token may stand in a variable, as the token does. Commands that only read the store
 * are not given it; a token is not sent without it, because it would be taken for one of OAuth.
 */
function accountIn(
  email: string | undefined,
  env: Environment,
): { email: string | undefined; beside: (credential: Credential) => Credential } {
  const [, name] = /^\$\{([^}]*)\}$/.exec(email ?? '') ?? [];
  const value = name === undefined ? email : env[name]?.trim();
  if (name === undefined || (value ?? '') !== '') {
    return { email: value, beside: (credential) => credential };
  }
  const refuse = async (): Promise<never> => {
    throw new AdjutantError('Configuration', `The environment variable ${name} is not set.`, {
      hint: `Set it, for example with "export ${name}=…", and try again.`,
    });
  };
  return { email: undefined, beside: () => refuse };
}
