import { AdjutantError } from '@adjutant/core/ports';
import { refusal } from './refusal.ts';

const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

export interface AllowedSites {
  /** Host names without port by which this server may be called; those of loopback unless told. */
  allowedHosts?: readonly string[];
  /** Origins of web pages on other hosts that may call it, such as `https://app.example.com`. */
  allowedOrigins?: readonly string[];
}

/**
 * Returns a check of what a request says about where it goes and where it comes from. A page of
 * another site can make a browser connect to a server on this machine (DNS rebinding), but not
 * change the host name and the origin that the browser then sends.
 * @throws AdjutantError `Configuration` for an entry that no request could match
 */
export function allowOnly(sites: AllowedSites): (request: Request) => Response | null {
  const hosts = new Set((sites.allowedHosts ?? loopbackHosts).map(hostEntry));
  const origins = new Set((sites.allowedOrigins ?? []).map(originEntry));
  return (request) => {
    const host = hostOf(request);
    if (host === null || !hosts.has(host.hostname)) {
      return refusal(403, 'This server does not answer to this host name (see allowedHosts).');
    }
    const origin = request.headers.get('origin');
    // Programs send none; only a browser does, and it sends it truly.
    if (origin === null || origins.has(origin) || isOf(origin, host)) return null;
    return refusal(403, 'Pages of this origin may not call this server (see allowedOrigins).');
  };
}

/** The host that a request names; null where it names none, or more than a host and a port. */
function hostOf(request: Request): URL | null {
  const named = request.headers.get('host') ?? URL.parse(request.url)?.host ?? '';
  return hostForm.test(named) ? URL.parse(`http://${named}`) : null;
}

/** Whether a page of that origin was served by the host that it now calls, port included. */
function isOf(origin: string, host: URL): boolean {
  const page = URL.parse(origin);
  if (page === null || page.origin !== origin) return false;
  // Behind a proxy the scheme is not ours to know: each scheme has its own default port.
  return URL.parse(`${page.protocol}//${host.host}`)?.host === page.host;
}

function hostEntry(entry: string): string {
  const name = entry.toLowerCase();
  if (URL.parse(`http://${name}`)?.hostname === name) return name;
  throw new AdjutantError('Configuration', `allowedHosts has an entry that is no host name.`, {
    hint: 'Give names as in mcp.example.com, without scheme and port; IPv6 in brackets.',
  });
}

function originEntry(entry: string): string {
  if (URL.parse(entry)?.origin === entry) return entry;
  throw new AdjutantError('Configuration', `allowedOrigins has an entry that is no origin.`, {
    hint: 'Give origins as a browser sends them, as in https://app.example.com, without a path.',
  });
}
