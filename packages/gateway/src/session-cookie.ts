import { createHmac, timingSafeEqual } from 'node:crypto';
import { partsOf } from './origin-parts.ts';

/** Returns the header that signs a browser in. */
export function setCookie(origin: string, value: string, maxAgeSeconds: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${partsOf(origin).cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAgeSeconds}${secure}`;
}

/** Returns the session cookie of a request; null where there is none, or more than one. */
export function readCookie(origin: string, header: string | undefined): string | null {
  if (header === undefined) return null;
  const [cookie, ...more] = header.match(partsOf(origin).cookies) ?? [];
  // Two of one name: somebody planted one.
  if (cookie === undefined || more.length > 0) return null;
  const value = cookie.slice(cookie.indexOf('=') + 1).trimEnd();
  return /^[\w-]{43}$/.test(value) ? value : null;
}

/** Returns the token that a session's own page sends with every change; empty without a session. */
export function csrfTokenOf(cookie: string | null): string {
  if (cookie === null) return '';
  return createHmac('sha256', cookie).update('adjutant-csrf').digest('base64url');
}

/** Returns whether a request carries its session's token. */
export function hasCsrfToken(cookie: string, sent: string | undefined): boolean {
  const expected = Buffer.from(csrfTokenOf(cookie));
  const found = Buffer.from(sent ?? '');
  return expected.length === found.length && timingSafeEqual(expected, found);
}
