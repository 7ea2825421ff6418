/** Where requests come from that a gateway hands on: whoever answers them sees no connection. */
const noted = new WeakMap<Request, string | null>();

/** Returns the same request, with a note of its sender's address. */
export function withAddress(request: Request, address: string | null): Request {
  noted.set(request, address);
  return request;
}

/** Returns the address that the gateway noted; null where none did. */
export function notedAddress(request: Request): string | null {
  return noted.get(request) ?? null;
}
