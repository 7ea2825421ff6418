/** Headers of an answer that is kept by nobody on the way. */
export const neverKept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Returns the body; null as soon as it is longer than it may be. */
export async function readBody(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const told = request.headers.get('content-length');
  if (told === null) return readBounded(request, limit);
  if (Number(told) > limit) return null;
  // No server reads on beyond what was told, so it is read at once: as a stream it takes twice as long.
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > limit ? null : bytes;
}

async function readBounded(
  request: Request,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> | null = request.body;
  for await (const part of stream ?? []) {
    length += part.byteLength;
    if (length > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}
