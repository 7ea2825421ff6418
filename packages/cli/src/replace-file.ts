import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file beside its place and renames it, so that a reader never sees half of it, and a link that
 * somebody put at the place or at the name of the draft is not followed. @throws what the file system answers
 */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  // Outside of the try: what stands there already is not ours to remove.
  writeFileSync(draft, text, { flag: 'wx' });
  try {
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
