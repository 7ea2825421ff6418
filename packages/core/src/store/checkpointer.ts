import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from '../clock.ts';

/** While there are commits, the log is copied so often, beside whatever else goes on. */
const copyEveryMs = 100;
/** A copy that takes longer holds up the next transaction until it is done. */
const slowCopyMs = 1_000;
/** A log that grows past this is to begin anew, which takes a copy that no transaction runs beside. */
export const waitFromBytes = 32 * 1024 * 1024;
/** As much more is written while a copy is under way that leaves little to wait for. */
const slackBytes = 8 * 1024 * 1024;

/**
 * Runs in the thread: a connection of its own and one statement. Where the log is busy, it is left
 * to the next time. It is text, because a bundle of this package has no second file that a thread
 * could load.
 */
const threadSource = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.driver);
const database = new Database(workerData.path, { timeout: 5 });
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');
const copy = () => {
  try { parentPort.postMessage(checkpoint.all()[0]); }
  catch { parentPort.postMessage({ log: 0, checkpointed: 0 }); }
};
parentPort.on('message', (message) => {
  if (message !== 'close') { copy(); return; }
  try { database.exec('pragma wal_checkpoint(truncate)'); } catch {}
  database.close();
  parentPort.close();
});
copy();
`;

/** How many pages the log has, and how many of them are copied. */
const copiedSchema = z.object({ log: z.number(), checkpointed: z.number() });

/**
 * Copies SQLite's write-ahead log back into the database in a thread of its own, for a writer in
 * another: while that copy goes on, a write per page and two flushes, the writer goes on too. The
 * thread starts at the first commit that it is told of; should it fail, the writer's own copies serve.
 */
export class Checkpointer {
  readonly #path: string;
  readonly #checkpointItself: (enabled: boolean) => Promise<void>;
  #worker: Worker | null = null;
  #running: Promise<void> | null = null;
  #settle = (): void => undefined;
  #failed = false;
  #copiedAt = 0;
  #isCopied = false;
  #isNear = false;
  /** A log that begins anew is cut to this by the writer; then only growth tells that it did not. */
  #nextWaitBytes = waitFromBytes;

  /** `checkpointItself` tells the writer's connection whether its commits are to copy the log. */
  constructor(path: string, checkpointItself: (enabled: boolean) => Promise<void>) {
    this.#path = path;
    this.#checkpointItself = checkpointItself;
  }

  /** To be awaited before a transaction begins: returns at once unless the log has grown too long. */
  async beforeTransaction(): Promise<void> {
    if (this.#worker === null) return;
    // A disk that falls behind would let the log grow without end.
    if (systemClock.now() - this.#copiedAt > slowCopyMs) await this.#running;
    const logBytes = this.#logBytes();
    if (logBytes <= this.#nextWaitBytes) return;
    // One copy beside the writes first: what it leaves is little, and is waited for.
    if (!this.#isNear) {
      this.#isNear = true;
      if (this.#running === null) void this.#copy();
    }
    if (this.#running !== null && logBytes <= this.#nextWaitBytes + slackBytes) return;
    await this.#running;
    // What a running copy has not seen, this one does; then SQLite begins the log anew.
    await this.#copy();
    this.#isNear = false;
    // Somebody who reads may hold the log; then to wait before every transaction helps nobody.
    this.#nextWaitBytes = this.#isCopied ? waitFromBytes : logBytes + waitFromBytes;
  }

  /** To be called after a commit. */
  afterCommit(): void {
    if (this.#failed || this.#running !== null) return;
    const now = systemClock.now();
    if (now - this.#copiedAt < copyEveryMs) return;
    this.#copiedAt = now;
    void this.#copy();
  }

  /** Ends the thread, which first copies what is left and empties the log, where nobody reads in it. */
  async close(): Promise<void> {
    await this.#running;
    const worker = this.#worker;
    if (worker === null || this.#failed) return;
    this.#worker = null;
    worker.ref();
    const exited = once(worker, 'exit');
    worker.postMessage('close');
    await exited;
  }

  #copy(): Promise<void> {
    if (this.#failed) return Promise.resolve();
    this.#running = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (this.#worker === null) this.#worker = this.#start();
    else this.#worker.postMessage('copy');
    // It keeps the process alive while it copies, and not while it waits.
    this.#worker.ref();
    return this.#running;
  }

  /** Starts the thread; it copies once by itself and its first answer says that it is ready. */
  #start(): Worker {
    const driver = createRequire(import.meta.url).resolve('libsql');
    const worker = new Worker(threadSource, {
      eval: true,
      // Not what this process was started with: it may say that text is a module.
      execArgv: [],
      workerData: { path: this.#path, driver },
    });
    worker.once('message', () => void this.#checkpointItself(false));
    worker.on('message', (message) => {
      const { log, checkpointed } = copiedSchema.parse(message);
      this.#isCopied = log === checkpointed;
      this.#end(worker);
    });
    const fail = (): void => {
      if (this.#failed || this.#worker !== worker) return;
      this.#failed = true;
      this.#end(worker);
      void this.#checkpointItself(true);
    };
    worker.once('error', fail);
    worker.once('exit', fail);
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
