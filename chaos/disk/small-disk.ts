import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const exitSchema = z.tuple([z.number().nullable()]).rest(z.unknown());
const sizeBytes = 64 * 1_024 * 1_024;
const pieces = [1_048_576, 65_536, 4_096, 512, 1];
/** Set in the process that has a list of mounts to itself. */
const inside = 'ADJUTANT_CHAOS_DISK';

/** Something that holds stores and has room, or none. */
export interface SmallDisk {
  folder: string;
  /** What it is, in a line. */
  kind: string;
  /** Takes all the room that is left; null where the fault is put into the process instead. */
  fill: (() => void) | null;
  free(): void;
}

/** Whether this machine lets a process mount what nobody else sees. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    const script = 'mkdir "$0" && mount -t tmpfs -o size=1m none "$0" && umount "$0"; rmdir "$0"';
    const place = `/tmp/adjutant-mount-${process.pid}`;
    execFileSync('unshare', ['-m', 'sh', '-c', script, place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const isInside = process.env[inside] === '1';

/** Runs this very command again in a list of mounts of its own, which is gone with it. */
export async function runInside(words: readonly string[]): Promise<number> {
  const command = [process.execPath, ...process.execArgv, process.argv[1] ?? '', 'disk', ...words];
  const child = spawn('unshare', ['-m', ...command], {
    env: { ...process.env, [inside]: '1' },
    stdio: 'inherit',
  });
  const [code] = exitSchema.parse(await once(child, 'exit'));
  return code ?? 1;
}

/** Makes a disk below a folder: a real one where this process may mount, a stand-in elsewhere. */
export function makeDisk(parent: string): SmallDisk {
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  if (!isInside) {
    const kind =
      'no small file system can be mounted here (that takes root and unshare): SQLITE_FULL is injected';
    return { folder, kind, fill: null, free: () => undefined };
  }
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'none', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    kind: `a file system of ${sizeBytes / 1_048_576} MB, in memory`,
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
  };
}

function fillUp(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (const piece of pieces) {
      const bytes = Buffer.alloc(piece);
      for (;;) {
        try {
          if (writeSync(file, bytes) < piece) break;
        } catch {
          // No room for a piece of that size: the next one is smaller.
          break;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}
