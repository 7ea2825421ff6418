import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { AdjutantError } from '../errors.ts';

/** Ends a journal that is part of a larger one, after the path of that one. */
const mark = Buffer.from('d9d505f920a163d7', 'hex');

/**
 * Refuses a database whose journal names another file: SQLite deletes that one, wherever it lies, once it
 * has rolled the journal back. Nothing here writes into several databases at once, so no journal of ours
 * names one. @throws AdjutantError `Configuration`
 */
export function refusePlantedJournal(path: string): void {
  const journal = `${path}-journal`;
  if (!endsWithMark(journal)) return;
  throw new AdjutantError(
    'Configuration',
    `${journal} names another file that would be deleted, so the store is not opened.`,
    { hint: 'Somebody else made it. Move it away together with the store.' },
  );
}

function endsWithMark(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  // A pipe would be waited for; SQLite takes neither it nor a folder for a journal.
  if (found?.isFile() !== true) return false;
  const { size } = found;
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(mark.length);
    readSync(file, end, 0, mark.length, Math.max(0, size - mark.length));
    return size > mark.length && end.equals(mark);
  } finally {
    closeSync(file);
  }
}
