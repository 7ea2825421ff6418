/** Headers of an answer that is kept by nobody on the way. */
export const neverKept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Returns the body; null as soon as it is longer than it may be. */
export async function readBody(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const told = request.headers.get('content-length');
  if (told === null) {
    const body = await readBounded(request, limit);
    return typeof body === 'string' ? null : body;
  }
  if (Number(told) > limit) return null;
  // No server reads on beyond what was told, so it is read at once: as a stream it takes twice as long.
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > limit ? null : bytes;
}

/** Returns the body as it comes in, unless it is too long, or `mayGoOn` finds no room for a part of it. */
export async function readBounded(
  request: Request,
  limit: number,
  mayGoOn: (length: number) => boolean = () => true,
): Promise<Uint8Array<ArrayBuffer> | 'too_large' | 'too_many'> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> | null = request.body;
  for await (const part of stream ?? []) {
    length += part.byteLength;
    if (length > limit) return 'too_large';
    if (!mayGoOn(part.byteLength)) return 'too_many';
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
