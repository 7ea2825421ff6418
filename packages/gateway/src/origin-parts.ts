interface OriginParts {
  /** With the port, where it is not that of the protocol. */
  host: string;
  /** Names the port, because cookies of one host are seen at all its ports. */
  cookieName: string;
  /** Finds every cookie of that name in a header. */
  cookies: RegExp;
}

const known = new Map<string, OriginParts>();

/** Returns the parts of a gateway's origin. It has one, and needs them with every request. */
export function partsOf(origin: string): OriginParts {
  const found = known.get(origin);
  if (found !== undefined) return found;
  const { protocol, host, port } = new URL(origin);
  const cookieName =
    protocol === 'https:' ? '__Host-adjutant' : `adjutant_${port === '' ? '80' : port}`;
  const cookies = new RegExp(`(?<=^|;)\\s*${cookieName}=[^;]*`, 'g');
  const parts = { host, cookieName, cookies };
  known.set(origin, parts);
  return parts;
}
