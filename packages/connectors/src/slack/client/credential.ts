import { type Address, readAddress } from '../../http/address.ts';
import { headerToken, resolveSecret, type Secret } from '../../http/secret.ts';
import { requireTokenHost } from '../../http/token-host.ts';
import type { SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';

export type Authorize = () => Promise<Readonly<Record<string, string>>>;

type Place = Pick<SlackConfig, 'baseUrl'> & Partial<Pick<SlackConfig, 'tokenHost'>>;

/** What of a configuration says where is read, and with what. */
export type ReadingConfig = Place & Pick<SlackConfig, 'token'>;

/** Returns where the API is. @throws AdjutantError `Configuration` */
export function addressOf({ baseUrl }: Pick<SlackConfig, 'baseUrl'>): Address {
  return readAddress(baseUrl, slackVendor);
}

/**
 * Returns what gives the headers of a token for the one host that it was entered for; it is asked for
 * each request, because a host program may rotate it.
 * They throw `Configuration` where the base URL names another host.
 */
export function authorizeWith(secret: Secret, config: Place): Authorize {
  return async () => {
    const address = addressOf(config);
    requireTokenHost(config.tokenHost, address, slackVendor);
    const token = headerToken(await resolveSecret(secret, address.host), slackVendor);
    return { authorization: `Bearer ${token}` };
  };
}
