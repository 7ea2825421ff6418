import {
  closeSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';

const beginning = '<!doctype html>';
const title = '<title>Team report: ';

/**
 * Writes a report where nothing stands yet, or where an earlier report does.
 * @throws AdjutantError `InvalidInput` where another file would be lost, or nothing can be written
 */
export function writePage(path: string, page: string, force: boolean): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !force && !(found.isFile() && isReport(path))) {
    throw new AdjutantError('InvalidInput', `${path} is there already and is not a report.`, {
      hint: 'Name another file with --out, write over it with --force, or leave it out with --no-report.',
    });
  }
  // Beside it and then renamed: a reader never sees half a page, and a link is replaced, not followed.
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(draft, page, { flag: 'wx', mode: 0o600 });
    renameSync(draft, path);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new AdjutantError('InvalidInput', `The page cannot be written to ${path}.`, {
      hint: 'Name a place that you may write to with --out, or leave the page out with --no-report.',
      cause,
    });
  }
}

function isReport(path: string): boolean {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    const text = head.toString('utf8', 0, readSync(file, head, 0, head.length, 0));
    return text.startsWith(beginning) && text.includes(title);
  } finally {
    closeSync(file);
  }
}
