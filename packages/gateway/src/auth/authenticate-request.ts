import type { Approvers } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { readCookie } from '../session-cookie.ts';
import type { Principal, SignedInPerson } from './principal.ts';
import type { RateGuard } from './rate-limits.ts';
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
  guard: RateGuard;
  /** The address of whoever asks, where the host knows it. */
  addressOf?: ((request: Request) => string | null) | undefined;
}

/** What a browser sends by itself has another scheme, and says nothing here. */
const isBearer = /^Bearer\b/i;
const bearer = /^Bearer ([\x21-\x7e]{1,8192})$/i;

/** Returns whether a request shows a token, which no browser sends by itself. */
export function showsToken(request: Request): boolean {
  const header = request.headers.get('authorization');
  return header !== null && isBearer.test(header);
}

/**
 * Returns who sent a request; null for nobody known. A token that is sent decides alone: a request
 * that carries a wrong one is nobody's, whatever cookie stands beside it.
 * @throws AdjutantError `Authentication` for a token that does not hold
 */
export async function authenticateRequest(
  request: Request,
  { origin, approvers, authenticate, tokens, guard, addressOf }: Authentication,
): Promise<Principal | null> {
  if (showsToken(request)) {
    const token = bearer.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const found = await verified(token, tokens);
    if (found !== null) return found;
    guard.stranger('token_failed', addressOf?.(request) ?? null);
    throw new AdjutantError('Authentication', 'The token is not known here, or has ended.', {
      hint: 'Make another one: adjutant tokens create.',
      audience: 'caller',
    });
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

async function verified(
  token: string,
  tokens: readonly TokenVerifier[],
): Promise<Principal | null> {
  for (const verifier of tokens) {
    const found = token === '' ? null : await verifier.verify(token);
    if (found !== null) return found;
  }
  return null;
}
