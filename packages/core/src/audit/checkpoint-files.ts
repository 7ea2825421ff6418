import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AdjutantError } from '../errors.ts';
import type { Checkpoint } from './checkpoint-text.ts';

/** An exported checkpoint as it was read, and where from. */
export interface CheckpointFile {
  path: string;
  text: string;
}

const extension = '.checkpoint';
const seqDigits = 12;

/** Returns the name of a checkpoint's file: no two moments of a chain share one. */
export function checkpointFileName({ workspaceId, seq }: Checkpoint): string {
  // Percent signs and dots of an encoded name would trouble some file systems.
  const name = encodeURIComponent(workspaceId).replaceAll(/[^\w-]/g, '_');
  return `adjutant-${name}-${String(seq).padStart(seqDigits, '0')}${extension}`;
}

/**
 * Writes a checkpoint into a folder and returns its path. A file that is there is never written over.
 * @throws AdjutantError `LedgerIntegrity` where one of that number is there and says something else,
 *   `Configuration` where the folder cannot be written
 */
export async function writeCheckpointFile(
  folder: string,
  checkpoint: Checkpoint,
  text: string,
): Promise<string> {
  const path = join(folder, checkpointFileName(checkpoint));
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return path;
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST') throw cannot(folder, `be written (${code})`);
  }
  const present = await readFile(path, 'utf8');
  if (signedPart(present) === signedPart(text)) return path;
  throw new AdjutantError(
    'LedgerIntegrity',
    `${basename(path)} is there already and says something else of entry ${checkpoint.seq}.`,
    {
      hint: `Run "adjutant audit verify --checkpoint ${folder}": the ledger may have been rewritten.`,
    },
  );
}

/**
 * Returns the texts of a checkpoint's file, or of all in a folder.
 * @throws AdjutantError `InvalidInput` where there is none
 */
export async function readCheckpointFiles(path: string): Promise<CheckpointFile[]> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const paths = isFolder
      ? (await readdir(path))
          .filter((name) => name.endsWith(extension))
          .toSorted()
          .map((name) => join(path, name))
      : [path];
    if (paths.length > 0) {
      return await Promise.all(
        paths.map(async (file) => ({ path: file, text: await readFile(file, 'utf8') })),
      );
    }
  } catch (error) {
    throw cannot(path, `be read (${codeOf(error)})`, 'InvalidInput');
  }
  throw new AdjutantError('InvalidInput', `There is no checkpoint in ${path}.`, {
    hint: `Checkpoints end in "${extension}"; "adjutant audit checkpoint --to <folder>" writes them.`,
  });
}

function signedPart(text: string): string {
  return text.split('\n\n')[0] ?? '';
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : 'unknown';
}

function cannot(
  path: string,
  what: string,
  code: 'Configuration' | 'InvalidInput' = 'Configuration',
): AdjutantError {
  return new AdjutantError(code, `${path} cannot ${what}.`, {
    hint: 'Name a folder for checkpoints that this user may use.',
  });
}
