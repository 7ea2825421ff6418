import { eq, sql } from 'drizzle-orm';
import { systemClock } from '../clock.ts';
import { AdjutantError } from '../errors.ts';
import { allSettled } from './all-settled.ts';
import { Checkpointer } from './checkpointer.ts';
import { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { queryTuples, runStatement } from './raw-query.ts';
import type { MigratedSchema } from './migrate.ts';
import { isBusy, storeTroubleIn } from './store-errors.ts';
import type { StoreTrouble } from './store-trouble.ts';
import { tables } from './tables.ts';
import { yieldToEventLoop } from './yield-to-event-loop.ts';

/** Transactions that follow each other let timers and sockets have their turn after so long. */
const breathAfterMs = 5;

/**
 * A process that changes so many rows in one go, triggers' own included, is worth threads that write and
 * copy the log back. The length of the log tells less: others fill it too, and starting threads stops
 * each of several busy processes.
 */
const threadsFromRows = 2_500;
/** After such a pause the count begins anew: who writes a little all day long never has threads. */
const pauseMs = 10_000;

/** So often, at most, it is tried whether a store can be written again. */
const probeEveryMs = 500;
/** Who writes nothing for so long no longer knows whether it could. */
const quietMs = 10_000;
const probePatienceMs = 2_000;
/** Longer than a page, so that it takes room of its own. */
const probeLength = 16_384;

async function writeAndTakeAway(transaction: Database): Promise<void> {
  const { leases } = tables;
  const key = { workspaceId: '*', name: 'probe' };
  const row = { ...key, holder: 'x'.repeat(probeLength), fence: 0, expiresAt: 0 };
  await transaction.delete(leases).where(eq(leases.name, key.name));
  await transaction.insert(leases).values(row);
  await transaction.delete(leases).where(eq(leases.name, key.name));
}

/** Who writes for a process that writes much, and who copies the log back meanwhile. */
interface WriterInThread {
  writer: Connection;
  checkpointer: Checkpointer;
}

/**
 * One embedded database. Reads go through a connection of their own and never wait; writes pass one
 * queue per process, because two open write transactions in one process freeze its event loop.
 */
export class Store {
  readonly read: Database;
  readonly place: string;
  /** Whether this opening of it made it: there was nothing before. */
  readonly isMadeHere: boolean;
  readonly #reader: Connection;
  readonly #writer: Connection;
  readonly #schemaVersion: number;
  readonly #onClose: () => Promise<void>;
  #inThread: WriterInThread | null = null;
  /** Once and no more, also where they have failed. */
  #opening: Promise<void> | null = null;
  /** What the writer's connection had changed when this stretch of writing began. */
  #changedBefore = 0;
  #wroteAtMs = Number.NEGATIVE_INFINITY;
  #queue: Promise<unknown> = Promise.resolve();
  #breathedAtMs = 0;
  #closed = false;
  #trouble: StoreTrouble | null = null;
  #probedAtMs = Number.NEGATIVE_INFINITY;
  /** When a write last succeeded or failed. */
  #triedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    reader: Connection,
    writer: Connection,
    { version, isMadeHere }: MigratedSchema,
    onClose: () => Promise<void>,
  ) {
    this.#reader = reader;
    this.#writer = writer;
    this.#schemaVersion = version;
    this.isMadeHere = isMadeHere;
    this.#onClose = onClose;
    this.place = reader.place;
    this.read = reader.database;
  }

  /** Whether writes go to a thread, where a long one stops nobody here. */
  get writesInThread(): boolean {
    return this.#inThread !== null;
  }

  /** Where it lies; null for one that is on another machine. */
  get file(): { kind: 'file'; path: string } | null {
    const { location } = this.#writer;
    return location.kind === 'file' ? location : null;
  }

  /** Why it could not be written when that was last tried; null where it could. */
  get trouble(): StoreTrouble | null {
    return this.#trouble;
  }

  /**
   * Tries to write, and returns why that fails; null where it does not. What is written is taken away
   * again with it. While nothing is known to be wrong it is tried after a while without writes, or where
   * told: whoever is idle would else call a full disk healthy.
   */
  async probe({ always = false }: { always?: boolean } = {}): Promise<StoreTrouble | null> {
    const now = performance.now();
    const isKnown =
      now - this.#probedAtMs < probeEveryMs ||
      (this.#trouble === null && now - this.#triedAtMs < quietMs);
    if (!always && isKnown) return this.#trouble;
    this.#probedAtMs = now;
    try {
      await this.transaction(writeAndTakeAway, { patienceMs: probePatienceMs });
      this.#trouble = null;
    } catch (error) {
      if (!this.#note(error)) throw error;
    }
    return this.#trouble;
  }

  /** Remembers what keeps it from being written; false where the error is another one. */
  #note(error: unknown): boolean {
    const reason = storeTroubleIn(error);
    if (reason === null) return false;
    const since = this.#trouble?.reason === reason ? this.#trouble.since : systemClock.now();
    this.#trouble = { reason, since };
    return true;
  }

  get schemaVersion(): number {
    return this.#schemaVersion;
  }

  /**
   * Runs the work in one write transaction and returns its result; when it throws, nothing is kept.
   * The work may run more than once while another process holds the lock, so inside it only SQL is
   * awaited and nothing outside is changed. What can be done without waits no longer than told for
   * another process.
   * @throws AdjutantError `StoreTooNew`, `StoreBusy`, or what the work threw
   */
  transaction<Result>(
    work: (transaction: Database) => Promise<Result>,
    options: { patienceMs?: number } = {},
  ): Promise<Result> {
    if (this.#closed) {
      return Promise.reject(new AdjutantError('InvalidInput', 'The store is closed.'));
    }
    const turn = this.#queue.then(async () => {
      await this.#breathe();
      const inThread = await this.#threads();
      await inThread?.checkpointer.beforeTransaction();
      const writer = inThread?.writer ?? this.#writer;
      const result = await writer.transaction(async (transaction) => {
        // Refused first, whatever the work may have met with in tables that it does not know.
        const [, worked] = await allSettled([
          this.#refuseNewerSchema(transaction),
          (async () => work(transaction))(),
        ]);
        return worked;
      }, options.patienceMs);
      inThread?.checkpointer.afterCommit();
      this.#triedAtMs = performance.now();
      return result;
    });
    this.#queue = turn.catch((error: unknown) => {
      this.#triedAtMs = performance.now();
      // Whoever waits only for a moment finds it locked at times, and nothing is wrong.
      if (options.patienceMs === undefined || !isBusy(error)) this.#note(error);
    });
    return turn;
  }

  /**
   * Copies the log back and empties it, so that what was deleted stands in neither. Where somebody else
   * reads in it at that moment it is emptied later, as ever. It never fails: what was deleted is deleted.
   */
  emptyLog(): Promise<void> {
    if (this.#closed || this.#writer.location.kind !== 'file') return Promise.resolve();
    const turn = this.#queue.then(() => this.#truncateLog());
    this.#queue = turn;
    return turn;
  }

  async #truncateLog(): Promise<void> {
    const writer = this.#inThread?.writer ?? this.#writer;
    const emptied = sql`pragma wal_checkpoint(truncate)`;
    await runStatement(writer.database, emptied).catch(() => undefined);
  }

  /** Waits for the writes already queued, and for a thread that is being opened, then closes the connections. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue;
    await this.#opening;
    try {
      await this.#inThread?.checkpointer.close();
      await this.#inThread?.writer.close();
    } finally {
      await this.#writer.close();
      await this.#reader.close();
      await this.#onClose();
    }
  }

  /**
   * A process that writes little has its writer beside it; once it has written much, the writer goes
   * to a thread, where its waits for the disk stop nobody. No write waits for the thread either: until
   * it is there, where none can be had, and when one has ended, the writer beside it serves.
   */
  async #threads(): Promise<WriterInThread | null> {
    if (this.#inThread?.writer.isLost === true) {
      const { checkpointer } = this.#inThread;
      this.#inThread = null;
      await checkpointer.close();
    }
    if (this.#opening === null && (await this.#isWorthThreads()))
      this.#opening = this.#openThreads();
    return this.#inThread;
  }

  async #isWorthThreads(): Promise<boolean> {
    const { location, database } = this.#writer;
    if (location.kind !== 'file') return false;
    const [row] = await queryTuples<[number]>(database, sql`select total_changes()`);
    const changed = row?.[0] ?? 0;
    const now = performance.now();
    const isNewStretch = now - this.#wroteAtMs > pauseMs;
    this.#wroteAtMs = now;
    // A connection that was opened anew counts from 0 again.
    if (isNewStretch || changed < this.#changedBefore) this.#changedBefore = changed;
    return changed - this.#changedBefore >= threadsFromRows;
  }

  async #openThreads(): Promise<void> {
    const { location, place } = this.#writer;
    try {
      const writer = await Connection.open(location, undefined, 'write-in-thread');
      writer.sealRows();
      // A writer that is gone by then copies nothing.
      const checkpointer = new Checkpointer(place, (enabled) =>
        writer.checkpointItself(enabled).catch(() => undefined),
      );
      this.#inThread = { writer, checkpointer };
    } catch {
      // As before, then: slower to answer others, and as true.
    }
  }

  /** A local transaction never leaves the turn of the event loop that it began in, and the next one would not either. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathedAtMs < breathAfterMs) return;
    await yieldToEventLoop();
    this.#breathedAtMs = performance.now();
  }

  async #refuseNewerSchema(transaction: Database): Promise<void> {
    const [row] = await queryTuples<[number]>(
      transaction,
      sql`select max(version) from schema_version`,
    );
    const version = row?.[0] ?? 0;
    if (version > this.#schemaVersion) {
      throw new AdjutantError(
        'StoreTooNew',
        `The store was upgraded to schema ${version} while this process knows schema ${this.#schemaVersion}.`,
        { hint: 'Restart this process; if that does not help, update Adjutant.' },
      );
    }
  }
}
