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
 * Lets in what this page, or a program, sends to this very address, before anybody looks at who sent
 * it. A page of another site can make a browser call this one, but can change neither the host that the
 * browser names nor the origin that it sends. Another port of localhost is another origin. A program
 * with a token names no origin and needs none: no page can have a browser show a token.
 * @throws AdjutantError `Permission` for what comes from elsewhere
 */
export function requireOwnSite(request: Request, origin: string): void {
  requireOwnHost(request, origin);
  const { headers } = request;
  const from = headers.get('origin');
  const changesNothing = isRead(request.method);
  const isOfNoPage = from === null && (changesNothing || showsToken(request));
  if (from !== origin && !isOfNoPage) throw refusal('Only this page itself may send this.', origin);
  if (changesNothing) return;
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') {
    throw refusal('Only this page itself may send this.', origin);
  }
}

/** @throws AdjutantError `Permission` for a request that names another host than the gateway's */
export function requireOwnHost(request: Request, origin: string): void {
  const host = request.headers.get('host') ?? URL.parse(request.url)?.host;
  if (host === partsOf(origin).host) return;
  throw refusal('This page answers only at its own address.', origin);
}

function refusal(message: string, origin: string): AdjutantError {
  return new AdjutantError('Permission', message, { hint: `Open ${origin} in a browser.` });
}
