import { AdjutantError } from '../errors.ts';
import type { StoreTroubleReason } from './store-trouble.ts';

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

const reasons: readonly [code: string, reason: StoreTroubleReason][] = [
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_PROTOCOL', 'locked'],
  ['SQLITE_FULL', 'disk_full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_IOERR', 'disk_error'],
  ['SQLITE_CANTOPEN', 'cannot_be_opened'],
];

/**
 * Returns why the store could not be used, where that passes without the store being another one: the
 * disk is full, locked, or not there. Whoever works waits then and goes on; null for any other error.
 */
export function storeTroubleIn(error: unknown): StoreTroubleReason | null {
  const code = sqliteCode(error);
  if (code === null) return hasNoRoom(error) ? 'disk_full' : null;
  return reasons.find(([begin]) => code.startsWith(begin))?.[1] ?? null;
}

/** What else is written, beside the database, tells of a full disk by the system's own words. */
function hasNoRoom(error: unknown): boolean {
  for (let current = error, depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && (current.code === 'ENOSPC' || current.code === 'EDQUOT')) return true;
    current = current.cause;
  }
  return false;
}

/** True where what was read or written is no longer a database. Going on would make it worse. */
export function isCorrupt(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && /^SQLITE_(?:NOTADB|CORRUPT)/.test(code);
}

const corruptHint =
  'Restore the newest backup with "adjutant restore"; without one, move the file away and run "adjutant sync" to read everything again.';

const words: Readonly<
  Record<Exclude<StoreTroubleReason, 'locked'>, { what: (place: string) => string; hint: string }>
> = {
  disk_full: {
    what: (place) => `The disk that holds ${place} is full.`,
    hint: 'Free some space: what waits goes on by itself, and nothing that was committed is lost.',
  },
  read_only: {
    what: (place) => `The store at ${place} cannot be written.`,
    hint: 'Check the permissions of the file and its folder, or name another place with "store".',
  },
  disk_error: {
    what: (place) => `The disk that holds ${place} reports an error.`,
    hint: 'Check that the folder exists, that you may write in it, and what the system says of the disk.',
  },
  cannot_be_opened: {
    what: (place) => `The store at ${place} cannot be opened.`,
    hint: 'Check that the folder exists and that you may write in it.',
  },
};

/** Returns the error that a user can act on; whatever is not SQLite's passes through. */
export function toStoreError(error: unknown, place: string): unknown {
  const code = sqliteCode(error);
  if (code === null || AdjutantError.isInstance(error)) return error;
  const reason = storeTroubleIn(error);
  if (reason === 'locked') {
    return new AdjutantError('StoreBusy', `Another process kept the store at ${place} locked.`, {
      hint: 'Try again; if it lasts, look for a process that hangs while it writes.',
      cause: error,
    });
  }
  if (reason !== null) {
    const { what, hint } = words[reason];
    return new AdjutantError('StoreUnavailable', what(place), {
      hint,
      cause: error,
      retryAfterMs: laterMs,
    });
  }
  if (isCorrupt(error)) {
    return new AdjutantError('StoreCorrupt', `The file ${place} is not a readable database.`, {
      hint: corruptHint,
      cause: error,
    });
  }
  return new AdjutantError('Internal', 'The store failed in an unexpected way.', { cause: error });
}

/** When a caller may ask again. @unit milliseconds */
const laterMs = 10_000;

/** Where a store is opened, only room on the disk comes by itself; the rest is how it was set up. */
export function toOpeningError(error: unknown): unknown {
  if (!AdjutantError.isInstance(error) || error.code !== 'StoreUnavailable') return error;
  if (storeTroubleIn(error) === 'disk_full') return error;
  const { message, hint } = error;
  return new AdjutantError('Configuration', message, {
    ...(hint === null ? {} : { hint }),
    cause: error,
  });
}
