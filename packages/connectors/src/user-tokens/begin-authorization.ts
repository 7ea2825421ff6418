import { createHash, randomBytes } from 'node:crypto';
import type { Address } from '../http/address.ts';
import type { AuthorizationServer } from './authorization-server.ts';

export type RandomBytes = (count: number) => Uint8Array;

const randomCount = 32;

/** Returns a text that nobody can guess: a state, or what proves who asked for a code. */
export function unguessable(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(randomCount)).toString('base64url');
}

/** What a page for people is asked for. */
export interface AuthorizationRequest {
  clientId: string;
  redirectUrl: string;
  scopes: readonly string[];
  state: string;
  /** For a server that knows PKCE; it is told the hash of it (S256). */
  codeVerifier?: string;
}

/** Returns the address of the page on which somebody lets the app act. */
export function authorizationPage(
  server: AuthorizationServer,
  pages: Pick<Address, 'origin'>,
  { clientId, redirectUrl, scopes, state, codeVerifier }: AuthorizationRequest,
): string {
  const url = new URL(`${pages.origin}${server.authorizePath}`);
  const query = {
    ...server.authorizeQuery,
    client_id: clientId,
    redirect_uri: redirectUrl,
    state,
    ...(codeVerifier === undefined
      ? {}
      : {
          code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
          code_challenge_method: 'S256',
        }),
    ...(scopes.length === 0 ? {} : { scope: scopes.join(server.scopeSeparator) }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
