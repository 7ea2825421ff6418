import { AdjutantError } from '@adjutant/core/ports';

const mostBytes = 1_000_000;

/** Returns all of a stream as text, without the line break that a shell puts at its end. */
export async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > mostBytes) {
      throw new AdjutantError('InvalidInput', 'Standard input holds more than a secret can be.', {
        hint: 'Pipe the secret alone, for example: pass show github | adjutant keys set connector:github:read',
      });
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '');
}
