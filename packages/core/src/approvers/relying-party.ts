import { AdjutantError } from '../errors.ts';

/** Whom passkeys are made for: a host name, and the addresses at which its page is served. */
export interface RelyingParty {
  /** A registrable domain that the page's host is or ends in; `localhost` for the local page. */
  id: string;
  /** What a browser calls it while it asks. */
  name: string;
  /** Exact origins. Empty with `localhost`: then any port of http://localhost. */
  origins: readonly string[];
}

/** A relying party, with what this process knows of where its page is. */
export interface ServedRelyingParty extends RelyingParty {
  /**
   * Origins at which this process serves the page. Once there is one, a decision that was signed at
   * another counts no more: any program of this machine may serve a page at another port of localhost.
   */
  readonly servedAt: Set<string>;
}

/** Returns a relying party whose page is served nowhere yet. */
export function notYetServed(party: RelyingParty): ServedRelyingParty {
  return { ...party, servedAt: new Set() };
}

/** Returns whether a decision that was signed at this origin may count in this process. */
export function isWhereDecided({ servedAt }: ServedRelyingParty, origin: string): boolean {
  return servedAt.size === 0 || servedAt.has(origin);
}

/** The relying party of a page on this machine. */
export const localRelyingParty: RelyingParty = { id: 'localhost', name: 'Adjutant', origins: [] };

const loopbackOrigin = /^http:\/\/localhost(?::\d{1,5})?$/;

/** Returns whether a passkey that was used at this origin was used at this relying party. */
export function isOriginOf(party: RelyingParty, origin: string): boolean {
  if (party.origins.length > 0) return party.origins.includes(origin);
  return party.id === 'localhost' && loopbackOrigin.test(origin);
}

/**
 * Returns the relying party unchanged.
 * @throws AdjutantError `Configuration` for an address that browsers would refuse to use passkeys on
 */
export function checkRelyingParty(party: RelyingParty): RelyingParty {
  if (party.origins.length === 0 && party.id !== 'localhost') {
    throw new AdjutantError('Configuration', `No origin was given for "${party.id}".`, {
      hint: 'Name the address of the page, for example "https://adjutant.example.com".',
    });
  }
  for (const origin of party.origins) checkOrigin(party.id, origin);
  return party;
}

function checkOrigin(id: string, origin: string): void {
  const url = URL.parse(origin);
  const isExact = url !== null && url.origin === origin;
  const isSafe = url?.protocol === 'https:' || (url?.hostname ?? '') === 'localhost';
  const isInside = url?.hostname === id || (url?.hostname ?? '').endsWith(`.${id}`);
  if (isExact && isSafe && isInside) return;
  throw new AdjutantError('Configuration', `"${origin}" cannot be an origin of "${id}".`, {
    hint: 'Write scheme, host and port only; https, or http with localhost; a host inside the relying-party id.',
  });
}
