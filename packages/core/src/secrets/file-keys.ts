import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AdjutantError } from '../errors.ts';
import { keyBytes, type KeyProvider } from './key-provider.ts';
import { type NamedKey, parseKey, refuseDoubleIds } from './parse-keys.ts';

const largestFileBytes = 100_000;

export interface FileKeysOptions {
  path: string;
  /** The system's own unless given. Windows has no permission bits to check. */
  platform?: NodeJS.Platform;
}

/** A key provider that can make keys itself. */
export interface FileKeys extends KeyProvider {
  readonly path: string;
  /** Adds a key, which is the current one from now on; the others stay. @returns its id */
  addKey(): Promise<string>;
}

/**
 * Returns the keys of a file that only its owner may read: one `id:base64` a line, the last is the
 * current one. Where there is no file, the first question for the current key makes it. Keys are
 * only ever appended, so two processes that add one at the same time lose neither.
 * @throws AdjutantError `Configuration` when asked, where others may read the file or it is damaged
 */
export function fileKeys(options: FileKeysOptions): FileKeys {
  const { path, platform = process.platform } = options;
  const read = (): NamedKey[] => readKeys(path, platform);
  const addKey = (): string => appendKey(path, platform);
  return {
    path,
    addKey: async () => addKey(),
    currentKeyId: async () => read().at(-1)?.id ?? addKey(),
    key: async (keyId) => read().find(({ id }) => id === keyId)?.key ?? null,
  };
}

function readKeys(path: string, platform: NodeJS.Platform): NamedKey[] {
  const file = openFile(path, constants.O_RDONLY);
  if (file === null) return [];
  try {
    refuseOpenToOthers(file, path, platform);
    const lines = readFileSync(file, 'utf8').split('\n');
    const keys = lines.flatMap((line, at) =>
      line.trim() === '' || line.startsWith('#')
        ? []
        : [parseKey(line, `Line ${at + 1} of ${path}`)],
    );
    refuseDoubleIds(keys, path);
    return keys;
  } finally {
    closeSync(file);
  }
}

function appendKey(path: string, platform: NodeJS.Platform): string {
  // What is damaged stays as it is until somebody has looked at it.
  readKeys(path, platform);
  const id = `key-${randomBytes(4).toString('hex')}`;
  const line = Buffer.from(`${id}:${randomBytes(keyBytes).toString('base64')}\n`);
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
  makeFolder(dirname(path));
  const file = openFile(path, flags);
  if (file === null) throw unusable(path, undefined);
  try {
    refuseOpenToOthers(file, path, platform);
    if (writeSync(file, line) !== line.length) throw unusable(path, undefined);
    // Secrets will hang on this line: it has to outlive a loss of power.
    fsyncSync(file);
  } catch (error) {
    throw AdjutantError.isInstance(error) ? error : unusable(path, error);
  } finally {
    closeSync(file);
  }
  if (platform !== 'win32') syncFolder(dirname(path));
  return id;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusable(path, cause);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function openFile(path: string, flags: number): number | null {
  try {
    return openSync(path, flags, 0o600);
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing && flags === constants.O_RDONLY) return null;
    throw unusable(path, cause);
  }
}

/** Looks at the file that is open, not at what has its name now. */
function refuseOpenToOthers(file: number, path: string, platform: NodeJS.Platform): void {
  const status = fstatSync(file);
  if (!status.isFile() || status.size > largestFileBytes) throw unusable(path, undefined);
  if (platform === 'win32' || (status.mode & 0o077) === 0) return;
  const mode = (status.mode & 0o777).toString(8).padStart(3, '0');
  throw new AdjutantError(
    'Configuration',
    `Others on this machine may read the keys in ${path} (mode ${mode}); they are not used.`,
    {
      hint: `Run: chmod 600 ${path}. If somebody may have read them: adjutant keys rotate`,
    },
  );
}

function unusable(path: string, cause: unknown): AdjutantError {
  return new AdjutantError('Configuration', `The key file ${path} cannot be used.`, {
    hint: 'Check that it is a file of yours, that you may write beside it, and that the disk has room.',
    ...(cause === undefined ? {} : { cause }),
  });
}
