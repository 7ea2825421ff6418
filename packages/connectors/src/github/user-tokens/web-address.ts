import type { Address } from '../../http/address.ts';
import { publicApiUrl, readApiAddress } from '../client/api-address.ts';

/** Returns where people sign in to the GitHub whose API a base URL names. */
export function readWebAddress(baseUrl: string = publicApiUrl): { api: Address; web: Address } {
  const api = readApiAddress(baseUrl);
  // With data residency too the API has a name of its own.
  const host =
    api.isPublic || /^api\.[a-z0-9-]+\.ghe\.com$/.test(api.host)
      ? api.host.replace(/^api\./, '')
      : api.host;
  const origin = `${new URL(api.origin).protocol}//${host}`;
  return { api, web: { origin, host, baseUrl: origin } };
}
