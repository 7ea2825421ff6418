import { queryTuples, runStatement } from './raw-query.ts';
import { chmodSync, existsSync, renameSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { foldAddedColumns } from './fold-added-columns.ts';
import { ofSqlite } from './read-schema.ts';
import { sealEarlierRows } from './seal-earlier-rows.ts';

export interface Migration {
  version: number;
  name: string;
  /** Of the SQL as committed, so that an edited old migration is noticed. */
  checksum: string;
  statements: readonly string[];
}

/** What a database is once it was brought up to date. */
export interface MigratedSchema {
  version: number;
  /** Whether there was nothing in it before. */
  isMadeHere: boolean;
}

/** With it rows began to be sealed. A later one that changes sealed rows has to seal them again. */
const sealingMigration = '0037_row_seals';

/**
 * Brings the database to the newest migration and returns what it is then. Safe to run from several
 * processes at once: the first to take the write lock migrates, the others find it done.
 * @throws AdjutantError `StoreTooNew` where the file is ahead of this code, `Configuration` where it
 *   was made by other migrations than these
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  clock: Clock,
): Promise<MigratedSchema> {
  const newest = migrations.length;
  const present = await connection.patiently(() => readVersion(connection.database));
  refuseNewer(present, newest);
  await connection.patiently(() => refuseChanged(connection.database, present, migrations));
  if (present === newest) return { version: newest, isMadeHere: false };
  if (present > 0) await connection.patiently(() => backUp(connection, present));
  const isMadeHere = await connection.transaction(async (transaction) => {
    // Read again: another process may have migrated while this one waited for the lock.
    const from = await readVersion(transaction);
    refuseNewer(from, newest);
    const missing = migrations.slice(from);
    const statements = missing.flatMap((migration) => migration.statements);
    // A new database holds nothing that a step between could have to change.
    if (from === 0) await runEach(transaction, foldAddedColumns(statements));
    for (const migration of missing) {
      if (from > 0) await runEach(transaction, migration.statements);
      await runStatement(
        transaction,
        sql`insert into schema_version (version, name, checksum, applied_at)
            values (${migration.version}, ${migration.name}, ${migration.checksum}, ${clock.now()})`,
      );
      if (migration.name === sealingMigration) await sealEarlierRows(transaction);
    }
    return from === 0;
  });
  return { version: newest, isMadeHere };
}

async function runEach(transaction: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runStatement(transaction, sql.raw(statement));
}

/** @throws AdjutantError `Configuration` where the database is full of somebody else's tables */
async function readVersion(database: Database): Promise<number> {
  // In one statement: between two, another process may have made the schema.
  const [found] = await queryTuples<[ours: number, objects: number]>(
    database,
    sql`select count(*) filter (where type = 'table' and name = 'schema_version'),
          count(*) filter (where sql is not null and not ${ofSqlite})
        from sqlite_master`,
  );
  const [ours, objects] = found ?? [0, 0];
  if (ours > 0) {
    const rows = await queryTuples<[number]>(
      database,
      sql`select max(version) from schema_version`,
    );
    return rows[0]?.[0] ?? 0;
  }
  if (objects === 0) return 0;
  throw new AdjutantError('Configuration', 'The store file is a database of another program.', {
    hint: 'Name another file with "store" in adjutant.config.yaml.',
  });
}

/** A migration that was edited after its release has left two schemas under one number. */
async function refuseChanged(
  database: Database,
  present: number,
  migrations: readonly Migration[],
): Promise<void> {
  if (present === 0) return;
  const applied = await queryTuples<[number, string, string]>(
    database,
    sql`select version, name, checksum from schema_version order by version`,
  );
  for (const [version, name, checksum] of applied) {
    const known = migrations[version - 1];
    if (known === undefined || known.checksum === checksum) continue;
    throw new AdjutantError(
      'Configuration',
      `The store was made by another migration ${version} (${name}) than this version of Adjutant has.`,
      {
        hint: 'Open it with the build that made it, export it there, and import it into a new store.',
      },
    );
  }
}

function refuseNewer(present: number, newest: number): void {
  if (present > newest) {
    throw new AdjutantError(
      'StoreTooNew',
      `The store has schema ${present}; this version of Adjutant knows schema ${newest}.`,
      {
        hint: 'Update Adjutant, or restore the ".backup" file that the upgrade left beside the store.',
      },
    );
  }
}

/** Writes a consistent copy beside the file before its schema changes. */
async function backUp(connection: Connection, version: number): Promise<void> {
  if (connection.location.kind !== 'file') return;
  const target = `${connection.location.path}.schema-${version}.backup`;
  if (existsSync(target)) return;
  // Written under another name first: a backup that was cut off must not pass for a whole one.
  const partial = `${target}.${process.pid}.partial`;
  await runStatement(connection.database, sql`vacuum into ${partial}`);
  // VACUUM INTO makes its file by the umask; a copy of a private file is private.
  chmodSync(partial, 0o600);
  renameSync(partial, target);
}
