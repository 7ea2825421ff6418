import { isHidden } from '@adjutant/core/ports';

const remoteSchemes: ReadonlySet<string> = new Set(['libsql:', 'https:', 'wss:']);
const scheme = /^([a-z][a-z0-9+.-]+):/i;

/** Returns whether a host is this machine, so that what is sent there stays on it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Returns what is wrong with an address that requests are sent to; null for nothing. Never quotes it. */
export function addressProblem(text: string): string | null {
  if (isHidden(text) || /\s/u.test(text)) {
    return 'holds a blank or a character that cannot be seen';
  }
  if (text.includes('\\')) return 'holds a backslash, which no address has';
  const url = URL.parse(text);
  if (url === null || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return 'is no address, such as https://tools.example.com';
  }
  if (url.username !== '' || url.password !== '') {
    return 'carries a user or password; credentials stand in variables of their own';
  }
  if (url.hostname === '') return 'names no host';
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return null;
  if (remoteSchemes.has(url.protocol)) return null;
  return url.protocol === 'http:'
    ? 'is not encrypted; write https:, or http: for this machine alone'
    : 'has a scheme that is not used; write https:';
}

/** Returns what is wrong with the place of a store: a file, or an address; null for nothing. */
export function storeProblem(text: string): string | null {
  const named = scheme.exec(text)?.[1]?.toLowerCase();
  if (named === undefined || /^:memory:$/.test(text)) return null;
  if (named === 'file') return null;
  const problem = addressProblem(text);
  if (problem !== null) return problem;
  // Settings of the client stand there, such as one that sends the token unencrypted.
  return /[?#]/.test(text)
    ? 'has something after "?" or "#"; the token stands in ADJUTANT_STORE_TOKEN'
    : null;
}

/** Returns the host of an address, with its port; null where it names none. */
export function hostOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null || url.host === '' ? null : url.host;
}
