import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Clock, systemClock } from '../clock.ts';
import type { CheckedStore } from '../data/outcomes.ts';
import { AdjutantError } from '../errors.ts';
import type { InstallationMemory } from '../installation/installation-memory.ts';
import { namedWorkspaces } from '../installation/named-workspaces.ts';
import { readChain } from '../installation/recognise-store.ts';
import type { StoreRestored } from '../installation/restored-detail.ts';
import type { KeptStop } from '../installation/end-authority.ts';
import { noteRestored } from '../installation/store-restored.ts';
import { Connection } from '../store/connection.ts';
import { type LedgerHead, readHead } from '../store/ledger-rows.ts';
import { migrations } from '../store/migrations.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { refuseForeignStore } from '../store/own-schema.ts';
import { parseStoreUrl } from '../store/store-url.ts';
import { checkStore } from './check-backup.ts';

export interface RestoreBackupOptions {
  /** The file that `backup` wrote. */
  from: string;
  /** The store, as `createAdjutant` is given it. */
  to: string;
  /** What relative paths are resolved against; the working directory unless told. */
  baseDirectory?: string | undefined;
  /** Replaces a store that goes on after the backup: what came later is in the file that is set aside only. */
  replaceNewer?: boolean | undefined;
  clock?: Clock | undefined;
  /** Is told how far the ledger reaches now, as that is less than it remembers. */
  installation?: InstallationMemory | undefined;
}

export interface RestoredBackup extends CheckedStore {
  path: string;
  /** Where the store lies that was there before; null where there was none. */
  setAside: string | null;
  /** What the backup brought with it and counts no more, by workspace. */
  ended: ({ workspaceId: string } & StoreRestored)[];
  /** People who were erased after the backup was taken: they are in it and have to be erased again. */
  erasedSince: { workspaceId: string; personId: string }[];
}

/** What the store in place is, read without changing it. */
interface InPlace {
  schemaVersion: number;
  heads: Map<string, LedgerHead>;
  erased: { workspaceId: string; personId: string }[];
  stops: ({ workspaceId: string } & KeptStop)[];
}

/**
 * Puts a backup in the place of a store, once the copy was found sound. What was there is set aside, never
 * deleted. What the backup says was approved, or let somebody in, counts no more: it may have been carried
 * out or revoked since. @throws AdjutantError `StoreBusy` while anybody has the store open, `Conflict` where it goes on
 *   after the backup, `StoreTooNew` where a newer version wrote it, `StoreCorrupt`, `LedgerIntegrity`,
 *   `InvalidInput`
 */
export async function restoreBackup(options: RestoreBackupOptions): Promise<RestoredBackup> {
  const clock = options.clock ?? systemClock;
  const base = options.baseDirectory ?? process.cwd();
  const from = fileOf(options.from, base);
  const path = fileOf(options.to, base);
  if (!existsSync(from)) {
    throw new AdjutantError('NotFound', `There is no backup at ${from}.`);
  }
  if (from === path) throw new AdjutantError('InvalidInput', 'The backup is the store itself.');
  const present = existsSync(path) ? await readInPlace(path) : null;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${process.pid}.partial`;
  try {
    await copyFile(from, partial);
    await chmod(partial, 0o600);
    const checked = await checkStore(partial, clock);
    if (present !== null) refuseNewer(present, checked, options.replaceNewer === true);
    const ended = await endInCopy(partial, present, clock.now());
    await syncFile(partial);
    const setAside =
      present === null ? null : await setAsideAt(path, `${path}.before-restore-${clock.now()}`);
    await rename(partial, path);
    await syncFile(dirname(path)).catch(() => undefined);
    await rememberRestored(path, ended, options.installation);
    const erasedSince = await stillThere(path, present?.erased ?? []);
    return { path, ...checked, setAside, ended, erasedSince };
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${partial}${end}`, { force: true });
  }
}

/** In the copy, before it has the name of the store: a crash leaves either all of it or none. */
async function endInCopy(
  path: string,
  present: InPlace | null,
  at: number,
): Promise<RestoredBackup['ended']> {
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  try {
    await refuseForeignStore(connection.database);
    connection.sealRows();
    const ended = await connection.transaction(async (transaction) => {
      const told: RestoredBackup['ended'] = [];
      for (const workspaceId of await namedWorkspaces(transaction)) {
        const remembered = present?.heads.get(workspaceId) ?? null;
        const stops = (present?.stops ?? [])
          .filter((stop) => stop.workspaceId === workspaceId)
          .map(({ workspaceId: _, ...stop }) => stop);
        const restored = { workspaceId, at, reason: 'backup', remembered, stops } as const;
        told.push({ workspaceId, ...(await noteRestored(transaction, restored)) });
      }
      return told;
    });
    // The file alone takes the place of the store: nothing may be left in its log.
    const [row] = await queryTuples<[number]>(
      connection.database,
      sql`pragma wal_checkpoint(truncate)`,
    );
    if (row?.[0] === 0) return ended;
    throw new AdjutantError('StoreBusy', 'Somebody reads the copy of the backup.', {
      hint: 'Nothing was restored. Try again.',
      retryable: true,
    });
  } finally {
    await connection.close();
  }
}

/**
 * After the copy has its place: a memory that knows less only has the restore noted once more. What has no
 * such note is not known here.
 */
async function rememberRestored(
  path: string,
  ended: RestoredBackup['ended'],
  memory: InstallationMemory | undefined,
): Promise<void> {
  if (memory === undefined) return;
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  try {
    const { database } = connection;
    for (const { workspaceId } of ended) {
      const chain = await readChain(database, workspaceId);
      const head = await readHead(database, workspaceId);
      if (chain !== null && head !== null) await memory.save(chain, head, { isNewCourse: true });
    }
  } finally {
    await connection.close();
  }
}

function fileOf(url: string, base: string): string {
  const location = parseStoreUrl(url, base);
  if (location.kind === 'file') return location.path;
  throw new AdjutantError('Configuration', 'Only a store in a file can be restored.', {
    hint: 'Use what the server of the store offers.',
  });
}

/** Only whoever has a database for itself alone can take its log away; while others have it open, that fails. */
async function readInPlace(path: string): Promise<InPlace> {
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  try {
    const isAlone = await runStatement(connection.database, sql`pragma journal_mode = delete`).then(
      () => true,
      () => false,
    );
    const [mode] = await queryTuples<[string]>(connection.database, sql`pragma journal_mode`);
    if (!isAlone || mode?.[0] === 'wal') {
      throw new AdjutantError('StoreBusy', `The store at ${path} is in use.`, {
        hint: 'Stop "adjutant serve" and every assistant that uses it, then try again.',
      });
    }
    return await readStanding(connection);
  } finally {
    await connection.close();
  }
}

async function readStanding({ database }: Connection): Promise<InPlace> {
  const tables = await queryTuples<[string]>(
    database,
    sql`select name from sqlite_master where type = 'table' and name in ('schema_version', 'erasure_marks', 'kill_switches')`,
  );
  const names = new Set(tables.map(([name]) => name));
  if (!names.has('schema_version')) {
    return { schemaVersion: 0, heads: new Map(), erased: [], stops: [] };
  }
  const [version] = await queryTuples<[number]>(
    database,
    sql`select max(version) from schema_version`,
  );
  const heads = await queryTuples<[string, number, string]>(
    database,
    sql`select workspace_id, seq, hash from audit_heads`,
  );
  const erased = names.has('erasure_marks')
    ? await queryTuples<[string, string]>(
        database,
        sql`select workspace_id, id from people where erased_at is not null`,
      )
    : [];
  const stops = names.has('kill_switches')
    ? await queryTuples<[string, string, string, number, string | null]>(
        database,
        sql`select workspace_id, scope, set_by, set_at, reason from kill_switches`,
      )
    : [];
  return {
    schemaVersion: version?.[0] ?? 0,
    heads: new Map(heads.map(([workspaceId, seq, hash]) => [workspaceId, { seq, hash }])),
    erased: erased.map(([workspaceId, personId]) => ({ workspaceId, personId })),
    stops: stops.map(([workspaceId, scope, setBy, setAt, reason]) => ({
      ...{ workspaceId, scope, setBy, setAt, reason },
    })),
  };
}

function refuseNewer(present: InPlace, backup: CheckedStore, isMeant: boolean): void {
  if (present.schemaVersion > migrations.length) {
    throw new AdjutantError(
      'StoreTooNew',
      'The store was written by a newer version of Adjutant.',
      {
        hint: 'Update Adjutant before you restore over it.',
      },
    );
  }
  if (isMeant) return;
  for (const [workspaceId, { seq }] of present.heads) {
    const upTo = backup.ledgers.find((ledger) => ledger.workspaceId === workspaceId)?.seq ?? 0;
    if (seq <= upTo) continue;
    throw new AdjutantError(
      'Conflict',
      `The store goes on after the backup: its ledger has ${seq - upTo} entries more in ${workspaceId}.`,
      { hint: 'Say that it is to be replaced (--replace); it is set aside, not deleted.' },
    );
  }
}

async function setAsideAt(path: string, aside: string): Promise<string> {
  await rename(path, aside);
  for (const end of ['-wal', '-shm']) await rm(`${path}${end}`, { force: true });
  return aside;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function stillThere(
  path: string,
  erased: InPlace['erased'],
): Promise<RestoredBackup['erasedSince']> {
  if (erased.length === 0) return [];
  const connection = await Connection.open({ kind: 'file', path }, undefined);
  try {
    const ids = JSON.stringify(erased.map(({ personId }) => personId));
    const rows = await queryTuples<[string, string]>(
      connection.database,
      sql`select workspace_id, id from people where erased_at is null
        and id in (select value from json_each(${ids})) order by id`,
    );
    return rows.map(([workspaceId, personId]) => ({ workspaceId, personId }));
  } finally {
    await connection.close();
  }
}
