import type { Approvers } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { readCookie } from '../session-cookie.ts';
import type { Principal, SignedInPerson } from './principal.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** How a host that signs people in itself says who sends a request; null for nobody it knows. */
export type AuthenticateHost = (
  request: Request,
) => SignedInPerson | null | Promise<SignedInPerson | null>;

export interface Authentication {
  origin: string;
  approvers: Approvers;
  authenticate?: AuthenticateHost | undefined;
  tokens: readonly TokenVerifier[];
}

const bearer = /^Bearer ([\x21-\x7e]{1,8192})$/i;

/**
 * Returns who sent a request; null for nobody known. A token that is sent decides alone: a request
 * that carries a wrong one is nobody's, whatever cookie stands beside it.
 * @throws AdjutantError `Authentication` for a token that does not hold
 */
export async function authenticateRequest(
  request: Request,
  { origin, approvers, authenticate, tokens }: Authentication,
): Promise<Principal | null> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null && tokens.length > 0) {
    return await verified(bearer.exec(authorization)?.[1] ?? '', tokens);
  }
  if (authenticate !== undefined) return await authenticate(request);
  const cookie = readCookie(origin, request.headers.get('cookie') ?? undefined);
  const session = cookie === null ? null : await approvers.readSession(cookie);
  if (session === null) return null;
  const { id, viewer, personName } = session;
  return {
    kind: 'signed_in',
    viewer,
    name: personName,
    proof: { kind: 'page_session', sessionId: id },
  };
}

async function verified(token: string, tokens: readonly TokenVerifier[]): Promise<Principal> {
  for (const verifier of tokens) {
    const found = token === '' ? null : await verifier.verify(token);
    if (found !== null) return found;
  }
  throw new AdjutantError('Authentication', 'The token is not known here, or has ended.', {
    hint: 'Make another one: adjutant tokens create.',
    audience: 'caller',
  });
}
