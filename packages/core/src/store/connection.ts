import { systemClock } from '../clock.ts';
import { allSettled } from './all-settled.ts';
import { waitFromBytes } from './checkpointer.ts';
import { asDatabase, type Database, openClient } from './database.ts';
import { sealTouchedRows } from './seal-rows.ts';
import { requireOwnSchema } from './own-schema.ts';
import { readSealedShapes, type SealedShape } from './sealed-shapes.ts';
import { refusePlantedJournal } from './refuse-planted-journal.ts';
import type { SqlClient } from './sql-client.ts';
import { isBusy, storeTroubleIn, toStoreError } from './store-errors.ts';
import type { StoreLocation } from './store-url.ts';
import { watchStatements } from './watch-rows.ts';

/** How long a statement may wait for other processes before the caller is told. */
const patienceMs = 60_000;

/** PRAGMAs belong to a connection, so each one that is opened gets them. */
const pragmas = [
  'synchronous = NORMAL',
  'temp_store = MEMORY',
  'foreign_keys = OFF',
  // A log that begins anew gives back what it held beyond this.
  `journal_size_limit = ${waitFromBytes}`,
];

/** A reader walks through all of a large table at times, a writer never does. */
const cacheKibibytes = { read: 96_000, write: 16_000, 'write-in-thread': 16_000 };
export type ConnectionUse = keyof typeof cacheKibibytes;

/** Pages of log after which a commit copies it back itself; a copy costs more than that commit. */
const ownCheckpointPages = 3_000;

/** A connection on which the disk failed, or that a busy COMMIT has poisoned, may fail for ever. */
function needsAnother(error: unknown): boolean {
  const reason = storeTroubleIn(error);
  return reason !== null && reason !== 'disk_full';
}

/** A client that is reopened when a failed COMMIT has poisoned it, and that waits without blocking. */
export class Connection {
  readonly location: Exclude<StoreLocation, { kind: 'memory' }>;
  readonly place: string;
  readonly #authToken: string | undefined;
  readonly #use: ConnectionUse;
  #client: SqlClient;
  #closed = false;
  /** The tables whose changed rows are sealed with each commit; null while none are. */
  #seals = false;
  #sealed: ReadonlyMap<string, SealedShape> | null = null;
  /** SQLite's count of changes to the schema when that was last found to be Adjutant's own. */
  #ownSchema: number | null = null;
  #checkpointPages = ownCheckpointPages;

  private constructor(
    location: Exclude<StoreLocation, { kind: 'memory' }>,
    authToken: string | undefined,
    client: SqlClient,
    use: ConnectionUse,
  ) {
    this.location = location;
    this.#use = use;
    this.place = location.kind === 'file' ? location.path : location.url;
    this.#authToken = authToken;
    this.#client = client;
  }

  static async open(
    location: Exclude<StoreLocation, { kind: 'memory' }>,
    authToken: string | undefined,
    use: ConnectionUse = 'write',
  ): Promise<Connection> {
    const place = location.kind === 'file' ? location.path : location.url;
    if (location.kind === 'file') refusePlantedJournal(location.path);
    let client: SqlClient;
    try {
      client = await openClient(location, authToken, use === 'write-in-thread');
    } catch (error) {
      throw toStoreError(error, place);
    }
    const connection = new Connection(location, authToken, client, use);
    try {
      await connection.patiently(() => connection.#prepare(client));
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** True where it has ended by itself: what is asked of it from now on fails. */
  get isLost(): boolean {
    return this.#client.isLost === true;
  }

  get database(): Database {
    return asDatabase(this.#client);
  }

  /** Runs the work again by the machine's clock (waiting for a lock is no matter of domain time), with jittered pauses, for as long as another process is in the way. */
  async patiently<Result>(work: () => Promise<Result>, waitMs = patienceMs): Promise<Result> {
    const startedAt = systemClock.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const patienceIsOver = systemClock.now() - startedAt > waitMs;
        if (!isBusy(error) || this.#closed || patienceIsOver) throw toStoreError(error, this.place);
        const ceilingMs = Math.min(100, 2 * 2 ** Math.min(attempt, 6));
        // Jitter keeps several waiting processes from knocking at the same moment. Real, as the clock
        // here is: what was injected the same into two processes would make them meet again.
        await systemClock.sleep(1 + Math.random() * ceilingMs);
      }
    }
  }

  /**
   * Runs the work in one write transaction, as often as other processes make necessary. A COMMIT
   * that answers BUSY poisons its connection, so that one is replaced before the next attempt.
   */
  async transaction<Result>(
    work: (transaction: Database) => Promise<Result>,
    waitMs?: number,
  ): Promise<Result> {
    return this.patiently(async () => {
      if (this.#seals && this.#sealed === null) await this.#beginSealing();
      const transaction = await this.#client.begin();
      try {
        const result = await work(asDatabase(transaction));
        if (this.#sealed !== null) await this.#seal(asDatabase(transaction), this.#sealed);
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollback().catch(() => undefined);
        if (needsAnother(error)) await this.reopen();
        throw error;
      }
    }, waitMs);
  }

  /**
   * From now on every transaction here seals the rows that it changes. A server on another machine keeps
   * no connection, and so nothing that belongs to one.
   */
  sealRows(): void {
    this.#seals = this.location.kind !== 'remote';
  }

  /** With the first transaction: a process that only reads goes without. */
  async #beginSealing(): Promise<void> {
    const shapes = await readSealedShapes(this.database);
    await this.#watch(shapes);
    this.#sealed = new Map(shapes.map((shape) => [shape.table, shape]));
  }

  /** What a trigger of somebody else's has changed is undone with all the rest: nothing of it is sealed. */
  async #seal(transaction: Database, shapes: ReadonlyMap<string, SealedShape>): Promise<void> {
    const schema = await sealTouchedRows(transaction, shapes);
    if (schema === this.#ownSchema) return;
    // Somebody may set the count back: one that was seen since counts no more.
    this.#ownSchema = null;
    await requireOwnSchema(transaction);
    this.#ownSchema = schema;
  }

  async #watch(shapes: readonly SealedShape[]): Promise<void> {
    const statements = watchStatements(shapes);
    await allSettled(statements.map((statement) => this.#client.execute(statement, [])));
  }

  /** Replaces the client: after a busy COMMIT the old one answers BUSY_SNAPSHOT for ever. */
  async reopen(): Promise<void> {
    if (this.#closed) return;
    const before = this.#client;
    // While none can be opened and set up, this one goes on and says why.
    const client = await openClient(
      this.location,
      this.#authToken,
      this.#use === 'write-in-thread',
    );
    try {
      await this.#prepare(client);
    } catch (error) {
      await client.close();
      throw error;
    }
    // With its next transaction it watches rows anew.
    this.#sealed = null;
    this.#ownSchema = null;
    this.#client = client;
    await before.close();
  }

  /** Says whether commits on this connection copy the log back, or somebody else does. */
  async checkpointItself(enabled: boolean): Promise<void> {
    this.#checkpointPages = enabled ? ownCheckpointPages : 0;
    if (this.#closed) return;
    await this.#client.execute(`PRAGMA wal_autocheckpoint = ${this.#checkpointPages}`, []);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#client.close();
  }

  async #prepare(client: SqlClient): Promise<void> {
    if (this.location.kind === 'remote') return;
    const values = [
      ...pragmas,
      `cache_size = -${cacheKibibytes[this.#use]}`,
      `wal_autocheckpoint = ${this.#checkpointPages}`,
      // What goes with the process need not survive a power cut.
      ...(this.location.isTemporary === true ? ['synchronous = OFF'] : []),
    ];
    await allSettled(values.map((value) => client.execute(`PRAGMA ${value}`, [])));
  }
}
