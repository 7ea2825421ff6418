import { statSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { queryTuples } from './raw-query.ts';
import { yieldToEventLoop } from './yield-to-event-loop.ts';

/** Transactions that follow each other let timers and sockets have their turn after so long. */
const breathAfterMs = 5;

/** A log of this length is worth a thread that writes. */
const threadFromBytes = 4 * 1024 * 1024;

/**
 * One embedded database. Reads go through a connection of their own and never wait; writes pass one
 * queue per process, because two open write transactions in one process freeze its event loop.
 */
export class Store {
  readonly read: Database;
  readonly place: string;
  readonly #reader: Connection;
  readonly #writer: Connection;
  readonly #schemaVersion: number;
  readonly #onClose: () => Promise<void>;
  #writerInThread: Promise<Connection> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #breathedAtMs = 0;
  #closed = false;

  constructor(
    reader: Connection,
    writer: Connection,
    schemaVersion: number,
    onClose: () => Promise<void>,
  ) {
    this.#reader = reader;
    this.#writer = writer;
    this.#schemaVersion = schemaVersion;
    this.#onClose = onClose;
    this.place = reader.place;
    this.read = reader.database;
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
      const writer = await this.#writerNow();
      return writer.transaction(async (transaction) => {
        await this.#refuseNewerSchema(transaction);
        return work(transaction);
      }, options.patienceMs);
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for the writes already queued, then closes both connections. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue;
    await (await this.#writerInThread)?.close();
    await this.#writer.close();
    await this.#reader.close();
    await this.#onClose();
  }

  /**
   * A process that writes little has its writer beside it; once the log has grown, the writer goes to
   * a thread, where its waits for the disk stop nobody. Where no thread can be had, it stays.
   */
  #writerNow(): Connection | Promise<Connection> {
    const { location } = this.#writer;
    if (location.kind !== 'file') return this.#writer;
    if (this.#writerInThread === null) {
      const log = statSync(`${location.path}-wal`, { throwIfNoEntry: false });
      if (log === undefined || log.size < threadFromBytes) return this.#writer;
      this.#writerInThread = Connection.open(location, undefined, 'write-in-thread').catch(
        () => this.#writer,
      );
    }
    return this.#writerInThread;
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
