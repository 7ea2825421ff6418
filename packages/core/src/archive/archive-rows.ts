import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { getTableName } from 'drizzle-orm';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import type { SqlValue } from '../store/sql-client.ts';
import { type Tables, tables } from '../store/tables.ts';
import { columnNames } from '../workspace/export-workspace.ts';
import type { ArchiveSink } from './archive-sink.ts';
import {
  archiveFormat,
  type ArchiveFile,
  type Manifest,
  manifestBytes,
  manifestName,
  objectName,
  sha256,
} from './manifest.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);
/** An archive holds what one transaction deletes; more than this was not written here. */
const largestBytes = 1_000_000_000;

const rowSchema = z.array(z.union([z.string(), z.number(), z.null()]));

/** Rows of one table, each with its values in the order of the columns. */
export interface TableRows {
  table: string;
  columns: readonly string[];
  rows: readonly (readonly SqlValue[])[];
}

/** Returns the SQL names of a table and of its columns. */
export function archivedTable(name: keyof Tables): { table: string; columns: string[] } {
  return { table: getTableName(tables[name]), columns: columnNames(tables[name]) };
}

/** Returns rows as lines, as they stand in an archive before it is compressed. */
export function rowLines(rows: TableRows['rows']): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/**
 * Writes rows into an archive, its manifest last, then reads all of it back: what is not there as it was
 * given is not archived. Writing the same again changes nothing.
 * @throws AdjutantError `Upstream` where the archive gives back something else, or what the archive threw
 */
export async function writeArchive(
  sink: ArchiveSink,
  head: Omit<Manifest, 'files' | 'rows' | 'format' | 'formatVersion'>,
  tablesOfRows: readonly TableRows[],
): Promise<{ manifest: Manifest; manifestHash: string }> {
  const files: ArchiveFile[] = [];
  for (const { table, columns, rows } of tablesOfRows) {
    const bytes = await compress(rowLines(rows));
    // A rewritten file has another name: what the manifest there names stays whole until the new one is there.
    const name = `${table}${head.rewrites === 0 ? '' : `.${head.rewrites}`}.jsonl.gz`;
    await putAndReadBack(sink, objectName(head.workspaceId, head.archiveId, name), bytes);
    files.push({
      name,
      table,
      columns: [...columns],
      rows: rows.length,
      bytes: bytes.byteLength,
      sha256: sha256(bytes),
    });
  }
  const manifest: Manifest = {
    format: archiveFormat,
    formatVersion: 1,
    ...head,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    files,
  };
  const bytes = manifestBytes(manifest);
  await putAndReadBack(sink, objectName(head.workspaceId, head.archiveId, manifestName), bytes);
  return { manifest, manifestHash: sha256(bytes) };
}

async function putAndReadBack(sink: ArchiveSink, name: string, bytes: Uint8Array): Promise<void> {
  await sink.put(name, bytes);
  const back = await sink.get(name);
  if (back !== null && sha256(back) === sha256(bytes)) return;
  throw new AdjutantError('Upstream', `The archive does not give back ${name} as it was written.`, {
    hint: 'Nothing of it was deleted. Check the place of the archive.',
    retryable: true,
  });
}

/** Returns the rows of one file of an archive. @throws AdjutantError `InvalidInput` where it is not what the manifest says */
export async function readArchiveFile(
  sink: ArchiveSink,
  manifest: Manifest,
  file: ArchiveFile,
): Promise<TableRows> {
  const bytes = await sink.get(objectName(manifest.workspaceId, manifest.archiveId, file.name));
  if (bytes === null) throw broken(manifest, file, 'is missing');
  if (bytes.byteLength !== file.bytes || sha256(bytes) !== file.sha256) {
    throw broken(manifest, file, 'is not what was written');
  }
  const rows = await readRows(bytes);
  if (rows === null) throw broken(manifest, file, 'cannot be read');
  if (rows.length !== file.rows) throw broken(manifest, file, `holds ${rows.length} rows`);
  return { table: file.table, columns: file.columns, rows };
}

async function readRows(bytes: Uint8Array): Promise<SqlValue[][] | null> {
  try {
    const text = (await decompress(bytes, { maxOutputLength: largestBytes })).toString('utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => rowSchema.parse(JSON.parse(line)));
  } catch {
    return null;
  }
}

function broken(manifest: Manifest, file: ArchiveFile, what: string): AdjutantError {
  const message = `${file.name} of the archive ${manifest.archiveId} ${what}.`;
  return new AdjutantError('InvalidInput', message, {
    hint: 'Put back the file from a copy of the archive.',
  });
}
