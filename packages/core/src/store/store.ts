import { queryTuples } from './raw-query.ts';
import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { Checkpointer } from './checkpointer.ts';
import { Connection } from './connection.ts';
import type { Database } from './database.ts';
import { yieldToEventLoop } from './yield-to-event-loop.ts';

/** Transactions that follow each other let timers and sockets have their turn after so long. */
const breathAfterMs = 5;

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
  /** None for a remote store, which looks after its own log. */
  readonly #checkpointer: Checkpointer | null;
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
    this.#checkpointer =
      writer.location.kind === 'file'
        ? new Checkpointer(writer.location.path, (enabled) => writer.checkpointItself(enabled))
        : null;
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
      await this.#checkpointer?.beforeTransaction();
      const result = await this.#writer.transaction(async (transaction) => {
        await this.#refuseNewerSchema(transaction);
        return work(transaction);
      }, options.patienceMs);
      this.#checkpointer?.afterCommit();
      return result;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Waits for the writes already queued, then closes both connections. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#queue;
    await this.#checkpointer?.close();
    this.#writer.close();
    this.#reader.close();
    await this.#onClose();
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
