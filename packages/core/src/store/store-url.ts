import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AdjutantError } from '../errors.ts';

/** Where a store is: a local file, a temporary one, or a remote libSQL server. */
export type StoreLocation =
  | { kind: 'file'; path: string; isTemporary?: boolean }
  | { kind: 'memory' }
  | { kind: 'remote'; url: string };

const hint =
  'Use a path, a "file:" URL, ":memory:", or the "libsql:", "https:" or "http:" URL of a libSQL server.';

/**
 * Returns the location that a store URL names. Relative paths are resolved against `baseDirectory`.
 * @throws AdjutantError `InvalidInput` for an empty, malformed or unsupported URL
 */
export function parseStoreUrl(input: string, baseDirectory: string): StoreLocation {
  const url = input.trim();
  if (url === '') throw new AdjutantError('InvalidInput', 'The store URL is empty.', { hint });
  if (url.includes('\0')) {
    throw new AdjutantError('InvalidInput', 'The store URL contains a NUL character.', { hint });
  }
  if (url === ':memory:' || url === 'file::memory:') return { kind: 'memory' };
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  // A single letter is a Windows drive, not a scheme.
  if (scheme === undefined) return { kind: 'file', path: resolve(baseDirectory, url) };
  if (scheme === 'file') return { kind: 'file', path: filePath(url, baseDirectory) };
  if (scheme === 'libsql' || scheme === 'http' || scheme === 'https') return remote(url);
  if (scheme === 'postgres' || scheme === 'postgresql') {
    throw new AdjutantError('InvalidInput', 'Postgres is planned and not supported yet.', { hint });
  }
  throw new AdjutantError('InvalidInput', `The store URL has the unknown scheme "${scheme}:".`, {
    hint,
  });
}

/** Returns the host that a store lies on; null for a file of this machine. @throws AdjutantError `InvalidInput` */
export function storeHost(input: string): string | null {
  const location = parseStoreUrl(input, process.cwd());
  return location.kind === 'remote' ? new URL(location.url).host : null;
}

function filePath(url: string, baseDirectory: string): string {
  const rest = url.slice('file:'.length);
  if (rest === '')
    throw new AdjutantError('InvalidInput', 'The "file:" URL names no file.', { hint });
  const [withoutQuery = ''] = rest.split('?');
  if (!withoutQuery.startsWith('/')) return resolve(baseDirectory, decode(withoutQuery));
  if (withoutQuery.startsWith('//') || isAbsolute(withoutQuery)) {
    try {
      return fileURLToPath(
        withoutQuery.startsWith('//')
          ? `file:${withoutQuery}`
          : pathToFileURL(decode(withoutQuery)),
      );
    } catch (cause) {
      throw new AdjutantError('InvalidInput', 'The "file:" URL names no file on this machine.', {
        hint,
        cause,
      });
    }
  }
  return resolve(baseDirectory, decode(withoutQuery));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function remote(url: string): StoreLocation {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (cause) {
    throw new AdjutantError('InvalidInput', 'The store URL cannot be read as a URL.', {
      hint,
      cause,
    });
  }
  if (parsed.hostname === '') {
    throw new AdjutantError('InvalidInput', 'The store URL names no host.', { hint });
  }
  if (parsed.username !== '' || parsed.password !== '' || parsed.searchParams.has('authToken')) {
    throw new AdjutantError('InvalidInput', 'The store URL carries a credential.', {
      hint: 'Give the token as "authToken", so that it reaches no log and no configuration file.',
    });
  }
  return { kind: 'remote', url };
}
