import { AdjutantError } from '../errors.ts';

/** The SQLite result code of an error, also through drizzle's wrapping; null for anything else. */
function sqliteCode(error: unknown): string | null {
  for (let current = error, depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('extendedCode' in current && typeof current.extendedCode === 'string') {
      return current.extendedCode;
    }
    if (
      'code' in current &&
      typeof current.code === 'string' &&
      current.code.startsWith('SQLITE')
    ) {
      return current.code;
    }
    current = current.cause;
  }
  return null;
}

/** True where waiting and trying again is the answer. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

const corruptHint =
  'Move the file away and run "adjutant sync" to read everything again, or restore the newest ".backup" file beside it.';

/** Returns the error that a user can act on; whatever is not SQLite's passes through. */
export function toStoreError(error: unknown, place: string): unknown {
  const code = sqliteCode(error);
  if (code === null || AdjutantError.isInstance(error)) return error;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AdjutantError('StoreBusy', `Another process kept the store at ${place} locked.`, {
      hint: 'Try again; if it lasts, look for a process that hangs while it writes.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new AdjutantError('StoreCorrupt', `The file ${place} is not a readable database.`, {
      hint: corruptHint,
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new AdjutantError('Configuration', `The store at ${place} cannot be written.`, {
      hint: 'Check the permissions of the file and its folder, or name another place with "store".',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new AdjutantError('Configuration', `The disk that holds ${place} is full.`, {
      hint: 'Free some space and try again; nothing that was committed is lost.',
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR')) {
    return new AdjutantError('Configuration', `The store at ${place} cannot be opened.`, {
      hint: 'Check that the folder exists and that you may write in it.',
      cause: error,
    });
  }
  return new AdjutantError('Internal', 'The store failed in an unexpected way.', { cause: error });
}
