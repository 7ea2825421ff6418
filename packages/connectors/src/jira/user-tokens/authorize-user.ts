import type { Clock } from '@adjutant/core';
import type { Secret } from '../../http/secret.ts';
import { authorizationPage, unguessable } from '../../user-tokens/begin-authorization.ts';
import { finishAuthorization } from '../../user-tokens/finish-authorization.ts';
import type { UserTokens } from '../../user-tokens/user-tokens.ts';
import {
  atlassianAuthorization,
  type AtlassianPlace,
  readAtlassianPlace,
} from './atlassian-authorization.ts';

/** Without it Atlassian gives no refresh token, and the authorization ends within the hour. */
const refreshScope = 'offline_access';

export interface UserAuthorizationOptions extends AtlassianPlace {
  /** Of the OAuth 2.0 (3LO) app, as the developer console shows it. */
  clientId: string;
  /** Where Atlassian sends the person back to: the callback URL of the app. */
  redirectUrl: string;
  /** What the app may do: `read:jira-work`. That tokens may be refreshed (`offline_access`) is added. */
  scopes: readonly string[];
  randomBytes?: (count: number) => Uint8Array;
}

/** What a person is sent to, and what has to be remembered of it in her session until she is back. */
export interface UserAuthorization {
  url: string;
  /** Comes back with her: whoever brings another one was sent by somebody else. */
  state: string;
}

/** Returns the address at which a person lets the app act for her, with a state. */
export function authorizationUrl(options: UserAuthorizationOptions): UserAuthorization {
  const { clientId, redirectUrl, randomBytes } = options;
  const state = unguessable(randomBytes);
  const scopes = [...new Set([...options.scopes, refreshScope])];
  const { auth } = readAtlassianPlace(options);
  const request = { clientId, redirectUrl, scopes, state };
  return { url: authorizationPage(atlassianAuthorization, auth, request), state };
}

export interface CodeExchange extends AtlassianPlace {
  clientId: string;
  clientSecret: Secret;
  redirectUrl: string;
  /** What Atlassian sent the person back with. */
  returned: { code?: string | null; state?: string | null; error?: string | null };
  /** What was remembered of `authorizationUrl`. */
  remembered: Pick<UserAuthorization, 'state'>;
  clock: Clock;
  fetch?: typeof fetch;
}

/**
 * Returns the tokens for the code that a person came back with. Nothing is asked where the state is
 * not the one that was remembered.
 * @throws AdjutantError `Authentication` (refused, another state, a code that is no longer good),
 *   `Configuration`, `Upstream`
 */
export async function exchangeCode(exchange: CodeExchange): Promise<UserTokens> {
  const { clientId, clientSecret, redirectUrl, returned, remembered, clock } = exchange;
  const finished = await finishAuthorization(
    {
      server: atlassianAuthorization,
      address: readAtlassianPlace(exchange).auth,
      clientId,
      clientSecret,
      clock,
      fetch: exchange.fetch ?? globalThis.fetch,
    },
    { redirectUrl, returned, remembered: { state: remembered.state } },
  );
  return finished.tokens;
}
