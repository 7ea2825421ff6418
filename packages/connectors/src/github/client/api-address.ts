import { type Address, readAddress } from '../../http/address.ts';
import { githubVendor } from '../github-vendor.ts';

export const publicApiUrl = 'https://api.github.com';

/** Where the API is. */
export interface ApiAddress extends Address {
  graphqlUrl: string;
  /** GitHub's own service, not an installation somewhere else. */
  isPublic: boolean;
}

/**
 * Returns the address that a base URL names.
 * @throws AdjutantError `Configuration`
 */
export function readApiAddress(baseUrl: string): ApiAddress {
  const address = readAddress(baseUrl, githubVendor);
  const path = address.baseUrl.slice(address.origin.length);
  // GitHub Enterprise Server has its REST API below /api/v3 and GraphQL beside it.
  const graphqlPath = path.endsWith('/api/v3')
    ? path.replace(/\/v3$/, '/graphql')
    : `${path}/graphql`;
  return {
    ...address,
    graphqlUrl: `${address.origin}${graphqlPath}`,
    isPublic: address.host === 'api.github.com',
  };
}
