import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { AdjutantError } from '@adjutant/core/ports';
import type { Io } from './io.ts';

/**
 * Writes lines to a file that only its owner may read; a file that is there is kept unless forced,
 * and an interrupted one never takes its name.
 * @throws AdjutantError `Conflict` where the file exists
 */
export async function writeLines(
  io: Pick<Io, 'cwd' | 'signal'>,
  file: string,
  lines: AsyncIterable<string>,
  force: boolean,
): Promise<{ path: string; count: number }> {
  const path = resolve(io.cwd, file);
  if (existsSync(path) && !force) {
    throw new AdjutantError('InvalidInput', `${path} is there already.`, {
      hint: 'Name another file, or write over it with --force.',
    });
  }
  const draft = `${path}.${process.pid}.tmp`;
  const stream = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
  let count = 0;
  try {
    await once(stream, 'open');
    for await (const line of lines) {
      io.signal.throwIfAborted();
      count += 1;
      if (!stream.write(`${line}\n`)) await once(stream, 'drain');
    }
    stream.end();
    await finished(stream);
    await rename(draft, path);
  } catch (error) {
    stream.destroy();
    await rm(draft, { force: true });
    throw error;
  }
  return { path, count };
}

/** Yields a whole text: the writer ends what it is given with a line end of its own. */
export async function* textLines(text: string): AsyncGenerator<string> {
  if (text !== '') yield text.slice(0, -1);
}
