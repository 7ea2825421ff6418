import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

const largestBytes = 10_000_000;

/** Returns a record of the user's own folder; null for none, and for one that others could have written. */
export function readPrivateRecord<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): z.infer<Schema> | null {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size > largestBytes) return null;
  const uid = process.getuid?.();
  if (uid !== undefined && (found.uid !== uid || (found.mode & 0o022) !== 0)) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Puts a record in its place as a whole. @throws what the file system answers */
export function writePrivateRecord(folder: string, file: string, record: object): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(record, null, 2), { flag: 'wx', mode: 0o600 });
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw cause;
  }
}
