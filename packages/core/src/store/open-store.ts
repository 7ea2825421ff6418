import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Clock, systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { Connection } from './connection.ts';
import { runStatement } from './raw-query.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { toOpeningError } from './store-errors.ts';
import { Store } from './store.ts';
import { parseStoreUrl, type StoreLocation } from './store-url.ts';

export interface OpenStoreOptions {
  authToken?: string | undefined;
  clock?: Clock | undefined;
  /** What relative paths are resolved against; the working directory unless told. */
  baseDirectory?: string | undefined;
}

/**
 * Opens a store, brings its schema up to date and returns it. `:memory:` is a temporary file that
 * goes with `close()`, because a real in-memory database cannot be read beside an open transaction.
 * @throws AdjutantError `InvalidInput` (URL), `Configuration` (place), `StoreCorrupt`, `StoreTooNew`, `StoreBusy`
 */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<Store> {
  const clock = options.clock ?? systemClock;
  const location = parseStoreUrl(url, options.baseDirectory ?? process.cwd());
  if (location.kind !== 'memory') return openAt(location, options.authToken, clock, async () => {});
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-'));
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  return openAt(
    { kind: 'file', path: join(folder, 'memory.db'), isTemporary: true },
    undefined,
    clock,
    remove,
  );
}

async function openAt(
  location: Exclude<StoreLocation, { kind: 'memory' }>,
  authToken: string | undefined,
  clock: Clock,
  onClose: () => Promise<void>,
): Promise<Store> {
  if (location.kind === 'file') createPrivateFile(location.path);
  const writer = await Connection.open(location, authToken).catch(asOpening);
  try {
    if (location.kind === 'file') {
      await writer.patiently(async () => {
        await runStatement(writer.database, sql`pragma journal_mode = wal`);
      });
    }
    const migrated = await migrate(writer, migrations, clock);
    writer.sealRows();
    const reader = await Connection.open(location, authToken, 'read');
    return new Store(reader, writer, migrated, onClose);
  } catch (error) {
    await writer.close();
    await onClose();
    return asOpening(error);
  }
}

function asOpening(error: unknown): never {
  throw toOpeningError(error);
}

function requireWritableFile(path: string): void {
  if (!statSync(path).isFile()) throw new Error('not a file');
  accessSync(path, constants.R_OK | constants.W_OK);
}

/**
 * SQLite gives its side files the permissions of the database file, so that one is made first. A file
 * that is there is never opened here: closing it would drop the locks that SQLite holds on it in this
 * process, and two processes would then corrupt it.
 */
function createPrivateFile(path: string): void {
  try {
    const folder = dirname(path);
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o700);
    }
    if (existsSync(path)) requireWritableFile(path);
    else closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    // Another process made it in the meantime: as good.
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return;
    throw new AdjutantError('Configuration', `The store at ${path} cannot be opened for writing.`, {
      hint: 'Check that the folder exists, that it is not a file, and that you may write in it; or name another place with "store".',
      cause,
    });
  }
}
