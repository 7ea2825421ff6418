import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

const chunkBytes = 8 * 1024 * 1024;

/** A secret found where it must not be. */
export interface Leak {
  place: string;
  /** How it was written there: plain, base64 or hex. */
  form: string;
}

export interface SearchedFolder {
  files: number;
  bytes: number;
  leaks: Leak[];
}

/** Bytes to look for, with the form that they are. */
export interface Needle {
  form: string;
  bytes: Buffer;
}

/**
 * Returns what a secret may look like in a file: as it is in UTF-8 and UTF-16, in hex, and in base64
 * wherever it begins in a group of three, as in the header of a basic authentication.
 */
export function needlesOf(secret: string): Needle[] {
  const bytes = Buffer.from(secret);
  return [
    { form: 'plain', bytes },
    { form: 'UTF-16', bytes: Buffer.from(secret, 'utf16le') },
    { form: 'hex', bytes: Buffer.from(bytes.toString('hex')) },
    ...[0, 1, 2].map((shift) => ({ form: 'base64', bytes: base64At(bytes, shift) })),
  ];
}

/** The characters that depend on nothing but the secret when it begins `shift` bytes into a group. */
function base64At(secret: Buffer, shift: number): Buffer {
  const from = (3 - shift) % 3;
  const whole = Math.floor((secret.length - from) / 3) * 3;
  return Buffer.from(secret.subarray(from, from + whole).toString('base64'));
}

/** Returns where a text or buffer holds one of the secrets. */
export function searchBytes(
  place: string,
  content: Buffer | string,
  needles: readonly Needle[],
): Leak[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return needles
    .filter((needle) => bytes.includes(needle.bytes))
    .map(({ form }) => ({ place, form }));
}

/** Searches every file below a folder, names of files and targets that cannot be read included. */
export function searchFolder(
  folder: string,
  needles: readonly Needle[],
  isSkipped: (path: string) => boolean = () => false,
): SearchedFolder {
  const found: SearchedFolder = { files: 0, bytes: 0, leaks: [] };
  const visit = (path: string): void => {
    if (isSkipped(path)) return;
    found.leaks.push(...searchBytes(`name of ${path}`, path, needles));
    const status = lstatSync(path);
    if (status.isDirectory()) {
      for (const name of readdirSync(path)) visit(join(path, name));
    } else if (status.isFile()) {
      found.files += 1;
      found.bytes += status.size;
      found.leaks.push(...searchFile(path, needles));
    }
  };
  visit(folder);
  return found;
}

/** Reads piece by piece, each beginning with the end of the one before. */
function searchFile(path: string, needles: readonly Needle[]): Leak[] {
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1;
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(file).size, chunkBytes) + overlap);
    const leaks = new Map<string, Leak>();
    let kept = 0;
    for (;;) {
      const read = readSync(file, buffer, kept, buffer.length - kept, null);
      if (read === 0) return [...leaks.values()];
      const filled = buffer.subarray(0, kept + read);
      for (const leak of searchBytes(path, filled, needles)) leaks.set(leak.form, leak);
      kept = Math.min(overlap, filled.length);
      filled.copyWithin(0, filled.length - kept);
    }
  } finally {
    closeSync(file);
  }
}
