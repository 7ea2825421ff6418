import { AdjutantError } from '@adjutant/core';
import { headerToken, resolveSecret } from '../../http/secret.ts';
import { apiAddressOf, type PagerdutyConfig } from '../config.ts';
import { pagerdutyVendor } from '../pagerduty-vendor.ts';

export const acceptHeader = 'application/vnd.pagerduty+json;version=2';

/**
 * Returns the headers that a read carries; the key as it is now.
 * @throws AdjutantError `Configuration`
 */
export async function authorizeRead(
  config: Pick<PagerdutyConfig, 'baseUrl' | 'token'>,
): Promise<Readonly<Record<string, string>>> {
  if (config.token === undefined) {
    throw new AdjutantError('Configuration', 'There is no API key for PagerDuty.', {
      source: pagerdutyVendor.source,
      hint: 'Set PAGERDUTY_TOKEN and write "token: ${PAGERDUTY_TOKEN}" in the configuration.',
    });
  }
  const token = await resolveSecret(config.token, apiAddressOf(config).host);
  return {
    authorization: `Token token=${headerToken(token, pagerdutyVendor)}`,
    accept: acceptHeader,
  };
}
