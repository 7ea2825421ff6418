import { AdjutantError } from '@adjutant/core';
import type { Address } from './address.ts';
import type { Vendor } from './vendor.ts';

/** What of the process decides whether fetch goes through a proxy. */
export interface ProxySettings {
  env: Readonly<Record<string, string | undefined>>;
  execArgv: readonly string[];
}

/**
 * Refuses http to this machine while the process sends its requests through a proxy: the proxy would
 * read the credential. With https it sees a tunnel and nothing in it.
 * @throws AdjutantError `Configuration`
 */
export function refuseProxiedLoopback(
  address: Pick<Address, 'baseUrl'>,
  { env, execArgv }: ProxySettings,
  { source }: Vendor,
): void {
  const url = new URL(address.baseUrl);
  if (url.protocol !== 'http:') return;
  const options = `${execArgv.join(' ')} ${env['NODE_OPTIONS'] ?? ''}`;
  const isOn = isSet(env['NODE_USE_ENV_PROXY']) || options.includes('--use-env-proxy');
  const proxy = env['http_proxy'] ?? env['HTTP_PROXY'];
  if (!isOn || !isSet(proxy)) return;
  // As Node reads it, and no more kindly: the star only by itself, an IPv6 address in its brackets.
  const exempt = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
  const { host, hostname } = url;
  if (exempt === '*') return;
  if (exempt.split(/[,\s]+/).some((entry) => entry === hostname || entry === host)) return;
  throw new AdjutantError(
    'Configuration',
    `Requests to ${host} would pass a proxy in clear, and the credential with them.`,
    { source, hint: `Set NO_PROXY=${hostname}, or use https.` },
  );
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}
