import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** A path of git's own takes one line; of a configuration only its begin matters. */
const mostBytes = 8_192;

/** Returns what stands at a path, links followed; null where nothing does, or it cannot be told. */
export function kindOf(path: string): 'file' | 'folder' | 'other' | null {
  try {
    const found = statSync(path);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : 'other';
  } catch {
    return null;
  }
}

/** Returns the begin of a file; null where there is none. A pipe would be waited for, so it counts as none. */
export function textOf(path: string): string | null {
  if (kindOf(path) !== 'file') return null;
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(mostBytes);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Returns the one line of a file, without its end, as git reads paths; null where there is none. */
export function lineOf(path: string): string | null {
  const line = textOf(path)?.replace(/[\r\n]+$/, '');
  return line === undefined || line === '' ? null : line;
}
