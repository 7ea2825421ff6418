import { AdjutantError } from '@adjutant/core';
import type { Address } from './address.ts';
import type { Vendor } from './vendor.ts';

/** Returns the host of `tokenHost`, which may be written as a host or as a whole address. */
export function hostOf(text: string): string {
  const url = text.includes('://') ? text : `https://${text}`;
  return URL.canParse(url) ? new URL(url).host : text.slice(0, 100);
}

/**
 * A credential goes only to the host that it was entered for; none named is any.
 * @throws AdjutantError `Configuration` where the address names another host
 */
export function requireTokenHost(
  entered: string | undefined,
  { host }: Pick<Address, 'host'>,
  { source }: Pick<Vendor, 'source'>,
): void {
  if (entered === undefined || hostOf(entered) === host) return;
  throw new AdjutantError(
    'Configuration',
    `The credential was entered for ${hostOf(entered)}, but the address names ${host}.`,
    {
      source,
      hint: 'Set the address back, or enter a credential that was made for the other host.',
    },
  );
}
