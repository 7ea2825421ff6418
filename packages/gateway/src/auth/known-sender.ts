import { AdjutantError } from '@adjutant/core/ports';
import { isRead } from '../is-read.ts';
import { hasCsrfToken, readCookie } from '../session-cookie.ts';
import { type Authentication, authenticateRequest } from './authenticate-request.ts';
import type { Principal } from './principal.ts';

/**
 * Returns who sends a request: whom somebody vouches for, and who does not ask too often. A change of a
 * browser counts only with its session's token.
 * @throws AdjutantError `Authentication`, `RateLimited`, `Permission` for a change that another page sent
 */
export function knownSender(request: Request, authentication: Authentication): Promise<Principal> {
  return authenticateRequest(request, authentication).then((principal) => {
    if (principal === null) {
      throw new AdjutantError('Authentication', 'You are not signed in.', {
        hint: 'Open /sign-in: with a passkey, or with the link that "adjutant approvals link" prints.',
        audience: 'caller',
      });
    }
    authentication.guard.request(principal, request.method);
    if (!isRead(request.method)) requireOwnPage(request, principal, authentication.origin);
    return principal;
  });
}

/** Returns the cookie of a session of ours; null for whoever the host or a token stands for. */
export function sessionCookieOf(
  request: Request,
  principal: Principal,
  origin: string,
): string | null {
  if (!hasOwnSession(principal)) return null;
  return readCookie(origin, request.headers.get('cookie') ?? undefined);
}

function requireOwnPage(request: Request, principal: Principal, origin: string): void {
  if (!hasOwnSession(principal)) return;
  const cookie = sessionCookieOf(request, principal, origin) ?? '';
  if (hasCsrfToken(cookie, request.headers.get('x-adjutant-csrf') ?? undefined)) return;
  throw new AdjutantError('Permission', 'This did not come from the page that you opened.', {
    hint: 'Reload the page and try again.',
  });
}

function hasOwnSession(principal: Principal): boolean {
  return principal.kind === 'signed_in' && principal.proof.kind === 'page_session';
}
