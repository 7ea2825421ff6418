import {
  createTokenRefresher,
  type TokenRefresherOptions,
  type UserTokenRefresher,
} from '../../user-tokens/create-token-refresher.ts';
import {
  atlassianAuthorization,
  type AtlassianPlace,
  readAtlassianPlace,
} from './atlassian-authorization.ts';

export interface UserTokenRefresherOptions extends TokenRefresherOptions, AtlassianPlace {}

/**
 * Returns what keeps one user's tokens fresh. Atlassian gives a new refresh token with each refresh:
 * one is spent by one process at a time, and what it was spent for is stored before anybody uses it.
 */
export function createUserTokenRefresher(options: UserTokenRefresherOptions): UserTokenRefresher {
  const { auth, api } = readAtlassianPlace(options);
  return createTokenRefresher(options, { server: atlassianAuthorization, address: auth, api });
}
