import { AdjutantError, type RelyingParty } from '@adjutant/core';
import { isRead } from './is-read.ts';
import { partsOf } from './origin-parts.ts';
import { showsToken } from './auth/authenticate-request.ts';

/**
 * Returns the origin unchanged.
 * @throws AdjutantError `Configuration` where passkeys of this relying party would not work there
 */
export function checkPageOrigin(origin: string, party: RelyingParty): string {
  const url = URL.parse(origin);
  const isExact = url !== null && url.origin === origin;
  const isOfParty =
    party.origins.length > 0
      ? party.origins.includes(origin)
      : url?.protocol === 'http:' && url.hostname === 'localhost';
  if (isExact && isOfParty) return origin;
  throw new AdjutantError('Configuration', `The page cannot be served as "${origin}".`, {
    hint:
      party.origins.length > 0
        ? `Serve it at one of the relying party's origins: ${party.origins.join(', ')}.`
        : 'Serve it as http://localhost with its port, or configure a relying party.',
  });
}

/**
 * Returns why a request is refused before anybody looks at who sent it; null where it is not. A page
 * of another site can make a browser call this one, but can change neither the host that the browser
 * names nor the origin that it sends. Another port of localhost is another origin. A program with a
 * token names no origin and needs none: no page can have a browser show a token.
 */
export function refusedSite(request: Request, origin: string): string | null {
  const host = refusedHost(request, origin);
  if (host !== null) return host;
  const from = request.headers.get('origin');
  const changesNothing = isRead(request.method);
  const isOfNoPage = from === null && (changesNothing || showsToken(request));
  if (from !== origin && !isOfNoPage) {
    return 'Only this page itself may send this.';
  }
  const site = request.headers.get('sec-fetch-site');
  if (!changesNothing && site !== null && site !== 'same-origin') {
    return 'Only this page itself may send this.';
  }
  return null;
}

/** Returns why a request is refused that names another host than the gateway's; null where it does not. */
export function refusedHost(request: Request, origin: string): string | null {
  const host = request.headers.get('host') ?? URL.parse(request.url)?.host;
  return host === partsOf(origin).host ? null : 'This page answers only at its own address.';
}
