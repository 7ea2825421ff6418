import { createPrivateKey } from 'node:crypto';
import { AdjutantError } from '@adjutant/core';
import { headerToken, resolveSecret } from '../../http/secret.ts';
import type { GithubConfig } from '../config.ts';
import { hostOf, requireTokenHost } from '../../http/token-host.ts';
import { githubVendor } from '../github-vendor.ts';
import { type ApiAddress, readApiAddress } from './api-address.ts';

export type Credential =
  | { kind: 'token'; token: () => Promise<string> }
  | {
      kind: 'app';
      appId: string | number;
      installationId: number;
      privateKey: () => Promise<string>;
    }
  | { kind: 'none' };

/** What of a configuration says where requests go, and with what. */
export type CredentialConfig = Pick<GithubConfig, 'baseUrl' | 'token'> &
  Partial<Pick<GithubConfig, 'app' | 'tokenHost'>>;

/**
 * Returns the credential of a configuration for the one host that it was entered for.
 * @throws AdjutantError `Configuration` where the base URL names another host
 */
export function bindCredential(config: CredentialConfig): {
  address: ApiAddress;
  credential: Credential;
} {
  const address = readApiAddress(config.baseUrl);
  const { token, app, tokenHost } = config;
  const hasCredential = token !== undefined || app !== undefined;
  const enteredFor =
    tokenHost !== undefined && hostOf(tokenHost) === 'github.com' ? 'api.github.com' : tokenHost;
  if (hasCredential) requireTokenHost(enteredFor, address, githubVendor);
  if (app !== undefined) {
    const { appId, installationId, privateKey } = app;
    const readKey = async (): Promise<string> =>
      pemOf(await resolveSecret(privateKey, address.host));
    return { address, credential: { kind: 'app', appId, installationId, privateKey: readKey } };
  }
  if (token === undefined) return { address, credential: { kind: 'none' } };
  const readToken = async (): Promise<string> =>
    headerToken(await resolveSecret(token, address.host), githubVendor);
  return { address, credential: { kind: 'token', token: readToken } };
}

/** Environment variables often hold a key on one line. */
function pemOf(key: string): string {
  const pem = key.includes('\\n') && !key.includes('\n') ? key.replaceAll('\\n', '\n') : key;
  try {
    createPrivateKey(pem);
    return pem;
  } catch {
    // Not the reason, which may quote it. Found here, it is not taken for a server that is away.
    throw new AdjutantError('Configuration', 'The private key of the GitHub App cannot be read.', {
      source: 'github',
      hint: 'Enter the whole file that GitHub gave, from its first line BEGIN to its last line END.',
    });
  }
}
