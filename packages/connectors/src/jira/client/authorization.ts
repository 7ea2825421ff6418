import { type Address, readAddress } from '../../http/address.ts';
import { headerToken, resolveSecret, type Secret } from '../../http/secret.ts';
import { requireTokenHost } from '../../http/token-host.ts';
import type { JiraConfig } from '../config.ts';
import { jiraVendor } from '../jira-vendor.ts';

export type Authorize = () => Promise<Readonly<Record<string, string>>>;

/** Returns the address of the site. @throws AdjutantError `Configuration` */
export function siteAddress({ site }: Pick<JiraConfig, 'site'>): Address {
  return readAddress(site, jiraVendor);
}

/** What of a configuration says where is read, and with what. */
export type ReadingConfig = Pick<JiraConfig, 'site' | 'token'> &
  Partial<Pick<JiraConfig, 'email' | 'tokenHost'>>;

/** Returns what authorizes reading; null where there is no credential. */
export function readAuthorization(config: ReadingConfig): Authorize | null {
  return authorization(config, config.token, config.email);
}

/** Returns what authorizes writing; null where there is no credential of its own. */
export function writeAuthorization(config: JiraConfig): Authorize | null {
  return authorization(config, config.writeToken, config.writeEmail ?? config.email);
}

/**
 * An API token goes with its account, an OAuth token alone. Either only ever goes to the host that it
 * was entered for.
 */
function authorization(
  config: Pick<ReadingConfig, 'site' | 'tokenHost'>,
  secret: Secret | undefined,
  email: string | undefined,
): Authorize | null {
  if (secret === undefined) return null;
  const address = siteAddress(config);
  return async () => {
    requireTokenHost(config.tokenHost, address, jiraVendor);
    const token = headerToken(await resolveSecret(secret, address.host), jiraVendor);
    if (email === undefined) return { authorization: `Bearer ${token}` };
    return { authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` };
  };
}
