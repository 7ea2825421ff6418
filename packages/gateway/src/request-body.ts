/** Headers of an answer that is kept by nobody on the way. */
export const neverKept = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Returns the body; null as soon as it is longer than it may be. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
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
