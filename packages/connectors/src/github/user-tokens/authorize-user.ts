import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AdjutantError, type Clock } from '@adjutant/core';
import { z } from 'zod';
import type { Secret } from '../../http/secret.ts';
import { askTokens } from './ask-tokens.ts';
import type { UserTokens } from './user-tokens.ts';
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

const randomCount = 32;

/** Returns the address at which a person lets the app act for her, with a state and PKCE (S256). */
export function authorizationUrl(options: UserAuthorizationOptions): UserAuthorization {
  const {
    clientId,
    redirectUrl,
    baseUrl,
    scopes = [],
    randomBytes: random = randomBytes,
  } = options;
  const state = Buffer.from(random(randomCount)).toString('base64url');
  const codeVerifier = Buffer.from(random(randomCount)).toString('base64url');
  const url = new URL(`${readWebAddress(baseUrl).web.origin}/login/oauth/authorize`);
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const query = {
    client_id: clientId,
    redirect_uri: redirectUrl,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url: url.href, state, codeVerifier };
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

const codeSchema = z.string().regex(/^[\x21-\x7e]{1,500}$/);

/**
 * Returns the tokens for the code that a person came back with. Nothing is asked where the state is
 * not the one that was remembered.
 * @throws AdjutantError `Authentication` (refused, another state, a code that is no longer good),
 *   `Upstream`
 */
export async function exchangeCode(exchange: CodeExchange): Promise<UserTokens> {
  const { clientId, clientSecret, redirectUrl, baseUrl, returned, remembered, clock } = exchange;
  if (!isSame(returned.state ?? '', remembered.state)) {
    throw refused('The authorization came back with another state: somebody else began it.');
  }
  const code = codeSchema.safeParse(returned.code);
  if (!code.success || (returned.error ?? null) !== null) {
    throw refused('The person did not let the app act for her.');
  }
  const { web } = readWebAddress(baseUrl);
  const asked = await askTokens(
    { web, clientId, clientSecret, clock, fetch: exchange.fetch ?? globalThis.fetch },
    { code: code.data, redirect_uri: redirectUrl, code_verifier: remembered.codeVerifier },
  );
  if (asked.ok) return asked.tokens;
  if (asked.error === 'incorrect_client_credentials') throw wrongClient();
  throw refused('GitHub does not take the code: it was used, or ten minutes have passed.');
}

/** Returns the error of an app that GitHub does not know by its secret. */
export function wrongClient(): AdjutantError {
  return new AdjutantError('Configuration', 'GitHub does not take the client id and secret.', {
    source: 'github',
    hint: 'Make a new client secret in the settings of the app and enter it again.',
  });
}

function refused(message: string): AdjutantError {
  return new AdjutantError('Authentication', message, {
    source: 'github',
    hint: 'Begin again with authorizationUrl.',
  });
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return wanted !== '' && a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
