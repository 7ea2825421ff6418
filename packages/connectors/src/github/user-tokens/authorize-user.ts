import type { Clock } from '@adjutant/core';
import type { Secret } from '../../http/secret.ts';
import { authorizationPage, unguessable } from '../../user-tokens/begin-authorization.ts';
import { finishAuthorization } from '../../user-tokens/finish-authorization.ts';
import type { UserTokens } from '../../user-tokens/user-tokens.ts';
import { githubAuthorization } from './github-authorization.ts';
import { readWebAddress } from './web-address.ts';

export interface UserAuthorizationOptions {
  /** Of the GitHub App or OAuth app, as its settings show it. */
  clientId: string;
  /** Where GitHub sends the person back to; one that the app names. */
  redirectUrl: string;
  /** As in the configuration of the connector; GitHub's own service unless told. */
  baseUrl?: string;
  /** For an OAuth app; the permissions of a GitHub App are its own. */
  scopes?: readonly string[];
  randomBytes?: (count: number) => Uint8Array;
}

/** What a person is sent to, and what has to be remembered of it in her session until she is back. */
export interface UserAuthorization {
  url: string;
  /** Comes back with her: whoever brings another one was sent by somebody else. */
  state: string;
  /** Proves that whoever brings the code asked for it. Never leaves the host program before that. */
  codeVerifier: string;
}

/** Returns the address at which a person lets the app act for her, with a state and PKCE (S256). */
export function authorizationUrl(options: UserAuthorizationOptions): UserAuthorization {
  const { clientId, redirectUrl, baseUrl, scopes = [], randomBytes } = options;
  const state = unguessable(randomBytes);
  const codeVerifier = unguessable(randomBytes);
  const request = { clientId, redirectUrl, scopes, state, codeVerifier };
  const url = authorizationPage(githubAuthorization, readWebAddress(baseUrl).web, request);
  return { url, state, codeVerifier };
}

export interface CodeExchange {
  clientId: string;
  clientSecret: Secret;
  redirectUrl: string;
  baseUrl?: string;
  /** What GitHub sent the person back with. */
  returned: { code?: string | null; state?: string | null; error?: string | null };
  /** What was remembered of `authorizationUrl`. */
  remembered: Pick<UserAuthorization, 'state' | 'codeVerifier'>;
  clock: Clock;
  fetch?: typeof fetch;
}

/**
 * Returns the tokens for the code that a person came back with. Nothing is asked where the state is
 * not the one that was remembered.
 * @throws AdjutantError `Authentication` (refused, another state, a code that is no longer good),
 *   `Upstream`
 */
export async function exchangeCode(exchange: CodeExchange): Promise<UserTokens> {
  const { clientId, clientSecret, baseUrl, clock, fetch = globalThis.fetch } = exchange;
  const { web: address } = readWebAddress(baseUrl);
  const place = { server: githubAuthorization, address, clientId, clientSecret, clock, fetch };
  return (await finishAuthorization(place, exchange)).tokens;
}
