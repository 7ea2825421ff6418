import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the bytes of the files below a folder that a predicate accepts. */
export function folderBytes(
  folder: string,
  accepts: (path: string) => boolean = () => true,
): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => accepts(path))
    .reduce((bytes, path) => bytes + statSync(path).size, 0);
}
