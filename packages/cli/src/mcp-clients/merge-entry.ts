import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { z } from 'zod';
import { statIfThere } from '../config/checked-file.ts';
import type { ClientFile } from './client-files.ts';
import type { ServerEntry } from './server-entry.ts';

const serverName = 'adjutant';
const objectSchema = z.record(z.string(), z.unknown());

export interface MergedFile {
  text: string;
  isChanged: boolean;
}

/**
 * Returns the client's file with our server in it and everything else as it was.
 * @throws AdjutantError `InvalidInput` where the file is not the JSON that a client reads
 */
export function mergeEntry(file: ClientFile, entry: ServerEntry): MergedFile {
  requireOwnFile(file.path);
  const before = readExisting(file.path);
  const document = before === null ? {} : parseObject(before, file.path);
  const servers = objectSchema.safeParse(document[file.key] ?? {});
  if (!servers.success) throw unreadable(file.path, `"${file.key}" in it is not an object`);
  const isSame = JSON.stringify(servers.data[serverName]) === JSON.stringify(entry);
  if (isSame && before !== null) return { text: before, isChanged: false };
  const merged = { ...document, [file.key]: { ...servers.data, [serverName]: entry } };
  return { text: `${JSON.stringify(merged, null, indentOf(before))}\n`, isChanged: true };
}

/** Writes a client's file whole or not at all. */
export function writeClientFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new AdjutantError('InvalidInput', `${path} cannot be written.`, {
      hint: 'Check your permissions, or print the entry with --print and paste it.',
      cause,
    });
  }
}

/** Returns our entry in a client's file; null where there is none or the file cannot be read. */
export function installedEntry(file: ClientFile): ServerEntry | null {
  try {
    const text = readExisting(file.path);
    if (text === null) return null;
    const servers = objectSchema.parse(parseObject(text, file.path)[file.key]);
    return z
      .object({
        type: z.literal('stdio').default('stdio'),
        command: z.string(),
        args: z.array(z.string()),
      })
      .parse(servers[serverName]);
  } catch {
    return null;
  }
}

/** What a link of a clone leads to would be copied into the clone, or written outside of it. */
function requireOwnFile(path: string): void {
  const folder = dirname(path);
  // A client's own folder; the one of the project may be reached by a link of the person's own.
  const places = basename(folder).startsWith('.') ? [folder, path] : [path];
  const linked = places.find((place) => statIfThere(place)?.isSymbolicLink() === true);
  if (linked !== undefined) throw unreadable(path, `${linked} is a link`);
  // A pipe would be waited for, for ever.
  const found = statIfThere(path);
  if (found !== null && !found.isFile()) throw unreadable(path, 'it is no file');
}

function readExisting(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw unreadable(path, 'it cannot be read', cause);
  }
}

function parseObject(text: string, path: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    return objectSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (cause) {
    throw unreadable(
      path,
      'it is not a JSON object (comments and trailing commas are not JSON)',
      cause,
    );
  }
}

function unreadable(path: string, problem: string, cause?: unknown): AdjutantError {
  return new AdjutantError('InvalidInput', `${path} was left as it is: ${problem}.`, {
    hint: 'Repair it, or print the entry with --print and paste it.',
    cause,
  });
}

function indentOf(text: string | null): string | number {
  return /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? 2;
}
