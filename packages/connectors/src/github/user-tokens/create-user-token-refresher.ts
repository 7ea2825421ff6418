import {
  createTokenRefresher,
  type TokenRefresherOptions,
  type UserTokenRefresher,
} from '../../user-tokens/create-token-refresher.ts';
import { githubAuthorization } from './github-authorization.ts';
import { readWebAddress } from './web-address.ts';

export interface UserTokenRefresherOptions extends TokenRefresherOptions {
  /** As in the configuration of the connector; GitHub's own service unless told. */
  baseUrl?: string;
}

/**
 * Returns what keeps one user's tokens fresh. GitHub takes a refresh token once: it is spent by one
 * process at a time, and what it was spent for is stored before anybody uses it.
 */
export function createUserTokenRefresher(options: UserTokenRefresherOptions): UserTokenRefresher {
  const { api, web } = readWebAddress(options.baseUrl);
  return createTokenRefresher(options, { server: githubAuthorization, address: web, api });
}
