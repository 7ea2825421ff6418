import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** With each so much of new log, it is copied while other work goes on. */
const backgroundEveryBytes = 4 * 1024 * 1024;
/** From here on the next transaction waits for the copy, so that the log can begin anew. */
const waitFromBytes = 32 * 1024 * 1024;

/**
 * Runs in the thread: a connection of its own and one statement, which may find
 * the log busy and then leaves it to the next time. It is text, because a bundle of
 * this package has no second file that a thread could load.
 */
const threadSource = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.driver);
const database = new Database(workerData.path, { timeout: 5 });
const copy = (mode) => {
  try { database.exec('pragma wal_checkpoint(' + mode + ')'); } catch {}
};
parentPort.on('message', (message) => {
  if (message === 'close') { copy('truncate'); database.close(); parentPort.close(); return; }
  copy('passive');
  parentPort.postMessage('done');
});
copy('passive');
parentPort.postMessage('done');
`;

/**
 * Copies SQLite's write-ahead log back into the database in a thread of its own. On the writer's
 * connection that copy, a write per page and two flushes, stops the event loop for longer than
 * anything else a sync does. The thread starts only once the log has grown, so a process that
 * writes little never has it; until then, and should it fail, SQLite's own checkpoints serve.
 */
export class Checkpointer {
  readonly #path: string;
  readonly #checkpointItself: (enabled: boolean) => Promise<void>;
  #worker: Worker | null = null;
  #running: Promise<void> | null = null;
  #settle = (): void => undefined;
  #copiedBytes = 0;
  #failed = false;
  #nextWaitBytes = waitFromBytes;

  /** `checkpointItself` tells the writer's connection whether its commits are to copy the log. */
  constructor(path: string, checkpointItself: (enabled: boolean) => Promise<void>) {
    this.#path = path;
    this.#checkpointItself = checkpointItself;
  }

  /** To be awaited before a transaction begins: returns at once unless the log has grown too long. */
  async beforeTransaction(): Promise<void> {
    if (this.#worker === null) return;
    const bytes = this.#logBytes();
    if (bytes < waitFromBytes) this.#nextWaitBytes = waitFromBytes;
    if (bytes < this.#nextWaitBytes) return;
    await this.#checkpointAll();
    // A reader may hold the log where it is; then waiting before every transaction helps nobody.
    this.#nextWaitBytes = bytes + waitFromBytes;
  }

  /** To be called after a commit. */
  afterCommit(): void {
    if (this.#failed || this.#running !== null) return;
    const bytes = this.#logBytes();
    // A log that is shorter than at the last copy has begun anew.
    if (bytes < this.#copiedBytes) this.#copiedBytes = 0;
    if (bytes - this.#copiedBytes < backgroundEveryBytes) return;
    this.#copiedBytes = bytes;
    void this.#checkpoint();
  }

  /** Ends the thread, which first copies what is left and empties the log, where nobody reads in it. */
  async close(): Promise<void> {
    await this.#running;
    const worker = this.#worker;
    if (worker === null || this.#failed) return;
    worker.ref();
    const exited = once(worker, 'exit');
    worker.postMessage('close');
    await exited;
    this.#worker = null;
  }

  /** What a running checkpoint has not seen, the one after it copies. */
  async #checkpointAll(): Promise<void> {
    await this.#running;
    await this.#checkpoint();
  }

  #checkpoint(): Promise<void> {
    if (this.#failed) return Promise.resolve();
    this.#running = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (this.#worker === null) this.#worker = this.#start();
    else this.#worker.postMessage('checkpoint');
    // It keeps the process alive while it copies, and not while it waits.
    this.#worker.ref();
    return this.#running;
  }

  /** Starts the thread; it copies once by itself and its first answer says that it is ready. */
  #start(): Worker {
    const driver = createRequire(import.meta.url).resolve('libsql');
    const worker = new Worker(threadSource, {
      eval: true,
      workerData: { path: this.#path, driver },
    });
    worker.once('message', () => void this.#checkpointItself(false));
    worker.on('message', () => this.#end(worker));
    worker.once('error', () => {
      this.#failed = true;
      this.#end(worker);
      void this.#checkpointItself(true);
    });
    return worker;
  }

  #end(worker: Worker): void {
    worker.unref();
    this.#running = null;
    this.#settle();
  }

  #logBytes(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
