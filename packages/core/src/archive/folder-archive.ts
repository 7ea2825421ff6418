import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { AdjutantError } from '../errors.ts';
import type { ArchiveSink } from './archive-sink.ts';

const nameForm = /^[\w%-][\w.%-]*(?:\/[\w%-][\w.%-]*)*$/;
const partialEnd = '.partial';

/** Returns an archive in a folder that only its owner may read. It is made when something is put there. */
export function folderArchive(folder: string): ArchiveSink {
  return {
    place: folder,
    async put(name, bytes) {
      const path = pathOf(folder, name);
      const partial = `${path}.${randomBytes(6).toString('hex')}${partialEnd}`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await chmod(folder, 0o700);
        const file = await open(partial, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          // Rows are deleted on the strength of this: it must outlive a power cut.
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(partial, path);
        await syncFolder(dirname(path));
      } catch (cause) {
        await rm(partial, { force: true }).catch(() => undefined);
        throw cannot(folder, 'written', cause);
      }
    },
    async get(name) {
      try {
        return await readFile(pathOf(folder, name));
      } catch (cause) {
        if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(codeOf(cause))) return null;
        throw cannot(folder, 'read', cause);
      }
    },
    async list(prefix) {
      try {
        const found = await readdir(folder, { recursive: true, withFileTypes: true });
        return found
          .filter((entry) => entry.isFile() && !entry.name.endsWith(partialEnd))
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
          .map((path) => path.split(sep).join('/'))
          .filter((name) => name.startsWith(prefix))
          .toSorted();
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') return [];
        throw cannot(folder, 'read', cause);
      }
    },
    async remove(name) {
      try {
        await rm(pathOf(folder, name), { force: true });
      } catch (cause) {
        throw cannot(folder, 'written', cause);
      }
    },
  };
}

/** A name is never a way out of the folder. */
function pathOf(folder: string, name: string): string {
  if (nameForm.test(name)) return join(folder, ...name.split('/'));
  throw new AdjutantError('InvalidInput', 'An object of an archive cannot have such a name.');
}

/** Where a system cannot do that for a folder, the file itself is there all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

function cannot(folder: string, what: 'read' | 'written', cause: unknown): AdjutantError {
  if (AdjutantError.isInstance(cause)) return cause;
  return new AdjutantError(
    'Configuration',
    `The archive at ${folder} cannot be ${what} (${codeOf(cause)}).`,
    { hint: 'Check the folder and the space on its disk, or name another place.', cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';
}
