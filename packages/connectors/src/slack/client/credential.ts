import { AdjutantError } from '@adjutant/core';
import { type Address, readAddress } from '../../http/address.ts';
import { headerToken, resolveSecret, type Secret } from '../../http/secret.ts';
import type { SlackConfig } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';

export type Authorize = () => Promise<Readonly<Record<string, string>>>;

type Place = Pick<SlackConfig, 'baseUrl' | 'tokenHost'>;

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
    const { tokenHost } = config;
    if (tokenHost !== undefined && hostOf(tokenHost) !== address.host) {
      throw otherHost(hostOf(tokenHost), address.host);
    }
    const token = headerToken(await resolveSecret(secret, address.host), slackVendor);
    return { authorization: `Bearer ${token}` };
  };
}

function otherHost(entered: string, named: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The token was entered for ${entered}, but the base URL names ${named}.`,
    {
      source: slackVendor.source,
      hint: 'Set the base URL back, or enter a token that was made for the other host.',
    },
  );
}

/** `tokenHost` may be written as a host or as the whole base URL. */
function hostOf(text: string): string {
  const url = text.includes('://') ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : text.slice(0, 100);
}
