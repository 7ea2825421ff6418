import { hash } from 'node:crypto';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { parseOutsideJson } from '../parse-outside-json.ts';

export const archiveFormat = 'adjutant-archive';

const fileSchema = z.object({
  name: z.string().min(1).max(200),
  table: z.string(),
  /** The SQL names of the columns, in the order in which each line has them. */
  columns: z.array(z.string()).min(1),
  rows: z.number().int().min(0),
  bytes: z.number().int().min(0),
  /** Of the file as it lies there, compressed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.object({
  format: z.literal(archiveFormat),
  formatVersion: z.literal(1),
  schemaVersion: z.number().int(),
  workspaceId: z.string(),
  archiveId: z.string(),
  class: z.string(),
  /** When the oldest and the newest of its rows are from. @unit epoch milliseconds */
  from: z.number(),
  to: z.number(),
  rows: z.number().int().min(0),
  /** How often an erasure has written it anew. */
  rewrites: z.number().int().min(0),
  files: z.array(fileSchema),
});
export type ArchiveFile = z.infer<typeof fileSchema>;
/** What an archive holds, beside its files. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Returns the manifest as it is written: the same one for the same rows, whenever. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** @throws AdjutantError `InvalidInput` */
export function readManifest(bytes: Uint8Array): Manifest {
  try {
    return manifestSchema.parse(parseOutsideJson(new TextDecoder().decode(bytes)));
  } catch (cause) {
    if (AdjutantError.isInstance(cause)) throw cause;
    throw new AdjutantError('InvalidInput', 'The manifest of an archive cannot be read.', {
      hint: 'Run "adjutant archive verify".',
      cause,
    });
  }
}

export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}

/** Under which the archives of a workspace lie. */
export function workspacePrefix(workspaceId: string): string {
  // Dots alone would be names of folders with a meaning of their own.
  return `${encodeURIComponent(workspaceId).replaceAll(/[.!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}/`;
}

/** What an object of an archive is called. */
export function objectName(workspaceId: string, archiveId: string, name: string): string {
  return `${workspacePrefix(workspaceId)}${archiveId}/${name}`;
}

export const manifestName = 'manifest.json';
