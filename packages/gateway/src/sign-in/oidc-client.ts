import { type Clock, systemClock } from '@adjutant/core';
import { AdjutantError, normaliseEmail } from '@adjutant/core/ports';
import type { Configuration, CustomFetch } from 'openid-client';
import { issuerAddress, longestSubject } from '../auth/issuer-address.ts';
import type { OidcClaims, OidcOptions } from './oidc-options.ts';

/** What ties an answer of the provider to the browser that asked. */
export interface OidcAttempt {
  state: string;
  nonce: string;
  verifier: string;
}

/** Talks to one provider. The library is loaded and the provider asked for its metadata at first use. */
export interface OidcClient {
  /** Returns where the browser goes to sign in. */
  begin(): Promise<{ address: string; attempt: OidcAttempt }>;
  /** Returns who signed in. @throws AdjutantError `Authentication` */
  finish(callback: URL, attempt: OidcAttempt): Promise<OidcClaims>;
}

const timeoutSeconds = 10;

export function createOidcClient(
  options: OidcOptions,
  surroundings: { redirectUri: string; clock: Clock; fetch?: typeof globalThis.fetch | undefined },
): OidcClient {
  const { url, isLocal } = issuerAddress(options.issuer);
  const { redirectUri, clock, fetch } = surroundings;
  let found: Promise<Configuration> | null = null;
  const discover = async (): Promise<Configuration> => {
    const library = await import('openid-client');
    const { clientId, clientSecret } = options;
    const send: CustomFetch | undefined =
      fetch && ((address, init) => fetch(address, init as RequestInit));
    return library.discovery(
      url,
      clientId,
      {
        // The provider's times are compared with the clock that everything here goes by.
        [library.clockSkew]: Math.round((clock.now() - systemClock.now()) / 1_000),
        ...(clientSecret ? { client_secret: clientSecret } : {}),
      },
      clientSecret ? library.ClientSecretBasic(clientSecret) : library.None(),
      {
        timeout: timeoutSeconds,
        ...(send === undefined ? {} : { [library.customFetch]: send }),
        // Marked as deprecated so that it is noticed: only a provider on this machine is asked so.
        // oxlint-disable-next-line typescript/no-deprecated
        ...(isLocal ? { execute: [library.allowInsecureRequests] } : {}),
      },
    );
  };
  const configuration = (): Promise<Configuration> => {
    found ??= discover().catch((error: unknown) => {
      found = null;
      throw new AdjutantError('Upstream', 'The sign-in provider does not answer.', {
        hint: 'Try again in a minute, or sign in with a passkey or a link.',
        source: 'oidc',
        cause: error,
      });
    });
    return found;
  };
  return {
    async begin() {
      const library = await import('openid-client');
      const attempt: OidcAttempt = {
        state: library.randomState(),
        nonce: library.randomNonce(),
        verifier: library.randomPKCECodeVerifier(),
      };
      const address = library.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: (options.scopes ?? ['openid', 'email']).join(' '),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await library.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, attempt };
    },
    async finish(callback, { state, nonce, verifier }) {
      const library = await import('openid-client');
      const known = await configuration();
      try {
        const tokens = await library.authorizationCodeGrant(known, callback, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) throw new Error('No ID token.');
        const isToldMore =
          claims['email'] !== undefined || !known.serverMetadata().userinfo_endpoint;
        const more = isToldMore
          ? {}
          : await library.fetchUserInfo(known, tokens.access_token, claims.sub);
        return claimsOf({ ...more, ...claims });
      } catch (error) {
        throw new AdjutantError('Authentication', 'The provider’s answer does not hold.', {
          hint: 'Start again at the page “Sign in”; an answer works once, for ten minutes.',
          audience: 'caller',
          cause: error,
        });
      }
    },
  };
}

function claimsOf(all: Readonly<Record<string, unknown>> & { sub: string }): OidcClaims {
  const { email, email_verified: isVerified } = all;
  // What names nobody is bound to nobody.
  if (all.sub.trim() === '' || all.sub.length > longestSubject)
    throw new Error('No subject by which somebody is known.');
  const isVouchedFor = typeof email === 'string' && isVerified === true;
  return {
    subject: all.sub,
    verifiedEmail: isVouchedFor ? normaliseEmail(email) : null,
    all,
  };
}
