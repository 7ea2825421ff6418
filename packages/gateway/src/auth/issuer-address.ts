import { AdjutantError } from '@adjutant/core/ports';

/** No issuer names somebody longer. @source OpenID Connect Core 1.0 §2 */
export const longestSubject = 255;

/**
 * Returns the address of an issuer.
 * @throws AdjutantError `Configuration` unless it is https, or http at this machine
 */
export function issuerAddress(issuer: string): { url: URL; isLocal: boolean } {
  const url = URL.parse(issuer);
  const isLocal = url?.protocol === 'http:' && isLoopback(url.hostname);
  if (url !== null && (url.protocol === 'https:' || isLocal)) return { url, isLocal };
  throw new AdjutantError('Configuration', `"${issuer.slice(0, 200)}" cannot be an issuer.`, {
    hint: 'Write the address of the provider, as it stands in its own metadata: https://…',
  });
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
