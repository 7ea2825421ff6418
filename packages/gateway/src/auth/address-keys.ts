/**
 * Returns under which keys somebody at an address is counted, the widest first. Whoever has one address
 * of IPv6 has the 2^64 beside it, and often all of a /48; so those are counted together. What is no
 * address of the internet counts as it is.
 */
export function addressKeys(address: string): readonly string[] {
  const groups = groupsOf(address);
  if (groups === null) return [address];
  const [a, b, c, d, e, f, g, h] = groups;
  // The same machine, written as the one or as the other.
  if (a + b + c + d + e === 0 && f === 0xffff) {
    return [[g >> 8, g & 0xff, h >> 8, h & 0xff].join('.')];
  }
  const hex = (parts: readonly number[]): string =>
    parts.map((part) => part.toString(16)).join(':');
  return [`${hex([a, b, c])}::/48`, `${hex([a, b, c, d])}::/64`];
}

type Groups = [number, number, number, number, number, number, number, number];

/** Longer than any address is written. */
const longest = 64;

/** Returns the eight numbers of an address of IPv6; null for anything else. */
function groupsOf(address: string): Groups | null {
  if (address.length > longest || !address.includes(':')) return null;
  const [bare = ''] = address.toLowerCase().split('%');
  const [before = '', after, more] = withoutDots(bare).split('::');
  if (more !== undefined) return null;
  const head = numbersIn(before);
  const tail = numbersIn(after ?? '');
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return all.length === 8 ? (all as Groups) : null;
}

/** The last two numbers may be written as an address of IPv4. */
function withoutDots(address: string): string {
  return address.replace(
    /:(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/,
    (_, ...bytes: string[]) => {
      const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
      return `:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
    },
  );
}

function numbersIn(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  return parts.every((part) => /^[0-9a-f]{1,4}$/.test(part))
    ? parts.map((part) => Number.parseInt(part, 16))
    : null;
}
