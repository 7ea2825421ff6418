import { AdjutantError } from '@adjutant/core';
import type { Vendor } from './vendor.ts';

/** Where an API is. */
export interface Address {
  /** Without a slash at the end. */
  baseUrl: string;
  /** Scheme, host and port: what a credential is bound to. */
  origin: string;
  /** Host and port. */
  host: string;
}

/**
 * Returns the address that a base URL names. Only https keeps a credential from being read on the
 * way; http is for a server on this machine.
 * @throws AdjutantError `Configuration`
 */
export function readAddress(baseUrl: string, vendor: Vendor): Address {
  const wrong = (problem: string): AdjutantError =>
    new AdjutantError('Configuration', `The base URL of ${vendor.title} ${problem}.`, {
      source: vendor.source,
      hint: vendor.addressHint,
    });
  if (!URL.canParse(baseUrl)) throw wrong('is not a URL');
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '') throw wrong('must not carry a user or password');
  if (url.search !== '' || url.hash !== '') throw wrong('must not carry a query or fragment');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw wrong('must be https; http is for a server on this machine only');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { baseUrl: `${url.origin}${path}`, origin: url.origin, host: url.host };
}

/** True for names and addresses of this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
