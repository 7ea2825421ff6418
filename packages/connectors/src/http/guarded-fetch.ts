import { AdjutantError } from '@adjutant/core';
import { type Address, isLoopback } from './address.ts';
import type { Vendor } from './vendor.ts';

const maxRedirects = 5;

export interface GuardedFetch {
  /** Like fetch, but only ever to the one host. */
  fetch: typeof fetch;
  /** Fetches a short-lived signed link, which lies on another host, without any credential. */
  fetchSignedLink(link: string, signal: AbortSignal): Promise<Response>;
}

/**
 * Returns a fetch that a credential may be trusted to. A request to any other scheme, host or port
 * is refused before it is sent. Redirects are followed by hand: within the host, because GitHub
 * answers the old name of a repository so; to another host never. A write is not carried on to where
 * nobody approved it: it gets the redirect itself.
 */
export function guardFetch(
  inner: typeof fetch,
  address: Address,
  { vendor, followsRedirects = true }: { vendor: Vendor; followsRedirects?: boolean },
): GuardedFetch {
  const refusal = (url: URL): AdjutantError => refusalOf(url, address, vendor);
  const send = async (url: URL, init: RequestInit, redirects: number): Promise<Response> => {
    if (url.origin !== address.origin) throw refusal(url);
    const response = await inner(url.href, { ...init, redirect: 'manual' });
    if (!followsRedirects || !isRedirect(response.status)) return response;
    const location = response.headers.get('location');
    await response.body?.cancel();
    const next = location === null ? null : resolveLocation(location, url.href);
    if (next === null || redirects === 0) {
      throw new AdjutantError('Upstream', `${address.host} redirects without an end.`, {
        source: vendor.source,
        status: response.status,
        hint: 'Check the base URL.',
      });
    }
    return await send(next, redirected(init, response.status), redirects - 1);
  };
  return {
    fetch: async (input, init = {}) => {
      if (input instanceof Request) throw new TypeError('A guarded fetch takes an address.');
      return await send(new URL(String(input)), init, maxRedirects);
    },
    async fetchSignedLink(link, signal) {
      if (!URL.canParse(link)) throw new AdjutantError('Upstream', 'A signed link is no address.');
      const url = new URL(link);
      if (url.protocol !== 'https:' && !isBesideLoopback(url, address)) throw refusal(url);
      // The signature in the link is all it needs; a redirect from there leads nowhere known.
      return await inner(url.href, { method: 'GET', redirect: 'error', signal });
    },
  };
}

/** A server on this machine may give links to others on it. */
function isBesideLoopback(url: URL, { origin }: Address): boolean {
  const api = new URL(origin);
  return api.protocol === 'http:' && url.protocol === 'http:' && isLoopback(url.hostname);
}

function resolveLocation(location: string, base: string): URL | null {
  return URL.canParse(location, base) ? new URL(location, base) : null;
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function redirected(init: RequestInit, status: number): RequestInit {
  // The same request is meant; only 303 means another one.
  if (status !== 303) return init;
  const { body: _, ...rest } = init;
  return { ...rest, method: 'GET' };
}

function refusalOf(url: URL, address: Address, { source }: Vendor): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `${address.host} points to another host (${url.host}); it was not asked, and got no credential.`,
    {
      source,
      hint: 'If the server has moved, set its new base URL and enter a credential made for it.',
    },
  );
}
