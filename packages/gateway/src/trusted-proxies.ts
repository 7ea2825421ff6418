import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { AdjutantError } from '@adjutant/core/ports';

/** What stands between this process and whoever asks. */
export interface TrustedProxies {
  /** Addresses of proxies, or networks such as `10.0.0.0/8`: only they are believed. */
  trusted: readonly string[];
  /** The header in which they say for whom they ask; `x-forwarded-for` unless told. */
  header?: string;
}

/** Of what a header lists, no more than the last so many are looked at. */
const mostHops = 20;

/**
 * Returns what tells the address of whoever sends a request: of the connection, and of whom the header
 * names where the connection is a trusted proxy's. A header is read from its end: what stands before the
 * last address that is no proxy's may have been written by anybody.
 * @throws AdjutantError `Configuration` for what is no address or network
 */
export function createAddressReader(
  proxies: TrustedProxies | undefined,
): (incoming: IncomingMessage) => string | null {
  if (proxies === undefined) return ({ socket }) => socket.remoteAddress ?? null;
  const isProxy = trustedBy(proxies.trusted);
  const header = (proxies.header ?? 'x-forwarded-for').toLowerCase();
  return ({ socket, headers }) => {
    const connected = socket.remoteAddress ?? null;
    if (connected === null || !isProxy(connected)) return connected;
    const told = headers[header];
    const hops = (Array.isArray(told) ? told.join(',') : (told ?? '')).split(',').slice(-mostHops);
    let nearest = connected;
    for (const hop of hops.toReversed()) {
      const address = addressIn(hop);
      // What is no address was not written by a proxy: whoever wrote it is behind the last one.
      if (address === null) return nearest;
      nearest = address;
      if (!isProxy(address)) return address;
    }
    return nearest;
  };
}

/** Returns whether an address is one of those. @throws AdjutantError `Configuration` */
export function trustedBy(trusted: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const one of trusted) {
    const [address = '', length, more] = one.trim().split('/');
    const family = familyOf(address);
    const bits =
      length === undefined ? null : Number(/^\d{1,3}$/.test(length) ? length : Number.NaN);
    const most = family === 'ipv4' ? 32 : 128;
    if (family === null || more !== undefined || (bits !== null && !(bits <= most))) {
      throw new AdjutantError('Configuration', `"${one}" is no address of a proxy.`, {
        hint: 'Name under gateway.proxy.trusted each address, or network such as 10.0.0.0/8.',
      });
    }
    if (bits === null) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return (address) => {
    const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
    const family = familyOf(bare);
    return family !== null && list.check(bare, family);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address);
  if (version === 0) return null;
  return version === 4 ? 'ipv4' : 'ipv6';
}

/** Returns the address in one part of a header: bare, with a port, in brackets, or as `Forwarded` has it. */
function addressIn(part: string): string | null {
  const told = /(?:^|;)\s*for=("?)([^";]*)\1/i.exec(part)?.[2] ?? part;
  const bare = told.trim();
  if (isIP(bare) !== 0) return bare;
  const inner = /^\[([^\]]+)\](?::\d+)?$/.exec(bare)?.[1] ?? /^([\d.]+):\d+$/.exec(bare)?.[1] ?? '';
  return isIP(inner) === 0 ? null : inner;
}
