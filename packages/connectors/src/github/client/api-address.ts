import { AdjutantError } from '@adjutant/core';

export const publicApiUrl = 'https://api.github.com';

/** Where the API is. */
export interface ApiAddress {
  /** Without a slash at the end. */
  baseUrl: string;
  graphqlUrl: string;
  /** Scheme, host and port: what a credential is bound to. */
  origin: string;
  /** Host and port. */
  host: string;
  /** GitHub's own service, not an installation somewhere else. */
  isPublic: boolean;
}

/**
 * Returns the address that a base URL names. Only https keeps a credential from being read on the
 * way; http is for a server on this machine.
 * @throws AdjutantError `Configuration`
 */
export function readApiAddress(baseUrl: string): ApiAddress {
  if (!URL.canParse(baseUrl)) throw wrong('is not a URL');
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '') throw wrong('must not carry a user or password');
  if (url.search !== '' || url.hash !== '') throw wrong('must not carry a query or fragment');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw wrong('must be https; http is for a server on this machine only');
  }
  const path = url.pathname.replace(/\/+$/, '');
  const isPublic = url.host === 'api.github.com';
  // GitHub Enterprise Server has its REST API below /api/v3 and GraphQL beside it.
  const graphqlPath = path.endsWith('/api/v3')
    ? path.replace(/\/v3$/, '/graphql')
    : `${path}/graphql`;
  return {
    baseUrl: `${url.origin}${path}`,
    graphqlUrl: `${url.origin}${graphqlPath}`,
    origin: url.origin,
    host: url.host,
    isPublic,
  };
}

/** True for names and addresses of this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function wrong(problem: string): AdjutantError {
  return new AdjutantError('Configuration', `The base URL of GitHub ${problem}.`, {
    source: 'github',
    hint: 'Write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server.',
  });
}
