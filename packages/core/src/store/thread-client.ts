import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { AdjutantError } from '../errors.ts';
import { requireBindable } from './require-bindable.ts';
import type { SqlClient, SqlResult, SqlTransaction, SqlValue } from './sql-client.ts';

/** Longest native wait for a lock: here it stops nobody's event loop. */
const nativeTimeoutMs = 100;

/** What the thread is sent is garbage as soon as it is written: room for more would only hold more. */
const youngMegabytes = 6;

/** Statements kept. Ours are far fewer; generated text must not pile up. */
const maxKeptStatements = 256;

/**
 * Runs in the thread: a connection of its own, prepared statements kept from call to call, and one
 * answer for each call in the order of the calls. It is text, because a bundle of this package has no
 * second file that a thread could load.
 */
const threadSource = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.driver);
const database = new Database(workerData.path, { timeout: ${nativeTimeoutMs} });
const kept = new Map();
const prepare = (text) => {
  if (kept.has(text)) return kept.get(text);
  const statement = database.prepare(text);
  if (statement.reader) statement.raw(true);
  if (kept.size >= ${maxKeptStatements}) kept.clear();
  kept.set(text, statement);
  return statement;
};
// Why SQLite has undone a transaction by itself; what follows would be kept without it.
let hasBegun = false;
let undoneBy = null;
const calls = {
  execute(text, parameters) {
    const statement = prepare(text);
    if (statement.reader) return { rows: statement.all(parameters), changes: 0 };
    return { rows: [], changes: statement.run(parameters).changes };
  },
  executeEach(text, rows) {
    const statement = prepare(text);
    let changes = 0;
    for (const row of rows) changes += statement.run(row).changes;
    return { rows: [], changes };
  },
  begin() {
    database.exec('begin immediate');
    hasBegun = true;
    undoneBy = null;
  },
  commit() {
    database.exec('commit');
    hasBegun = false;
  },
  rollback() {
    hasBegun = false;
    undoneBy = null;
    if (database.open && database.inTransaction) database.exec('rollback');
  },
  close() {
    hasBegun = false;
    kept.clear();
    database.close();
  },
};
parentPort.on('message', ([name, ...given]) => {
  try {
    if (undoneBy !== null && name !== 'rollback' && name !== 'close') throw undoneBy;
    parentPort.postMessage({ result: calls[name](...given) });
  } catch (error) {
    if (hasBegun && database.open && !database.inTransaction) undoneBy = error;
    parentPort.postMessage({ failure: { message: error.message, code: error.code } });
  }
});
parentPort.postMessage({});
`;

const answerSchema = z.object({
  result: z
    .object({
      // Rows as the driver gives them; walking through each value would cost more than the query.
      rows: z.custom<SqlValue[][]>((rows) => Array.isArray(rows)),
      changes: z.number(),
    })
    .optional(),
  failure: z.object({ message: z.string(), code: z.string().optional() }).optional(),
});

interface Waiting {
  resolve: (result: SqlResult) => void;
  reject: (error: Error) => void;
}

/**
 * One connection to a database file in a thread of its own. A commit that writes thousands of pages
 * waits for the disk; on the main thread that wait stops the event loop for longer than anything else
 * a sync does. What was under way when the thread ends is told so, and undone by SQLite.
 */
class ThreadClient implements SqlClient {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #hasEnded = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message) => this.#answer(message));
    worker.on('error', () => this.#end());
    worker.once('exit', () => this.#end());
    worker.unref();
  }

  get isLost(): boolean {
    return this.#hasEnded;
  }

  async execute(text: string, parameters: readonly SqlValue[]): Promise<SqlResult> {
    requireBindable(parameters);
    return this.#call('execute', text, parameters);
  }

  async executeEach(text: string, rows: readonly (readonly SqlValue[])[]): Promise<number> {
    for (const row of rows) requireBindable(row);
    return (await this.#call('executeEach', text, rows)).changes;
  }

  async begin(): Promise<SqlTransaction> {
    await this.#call('begin');
    return this;
  }

  async commit(): Promise<void> {
    await this.#call('commit');
  }

  async rollback(): Promise<void> {
    await this.#call('rollback');
  }

  /** Closes the connection, then ends the thread, whatever else keeps it busy. */
  async close(): Promise<void> {
    if (this.#hasEnded) return;
    await this.#call('close').catch(() => undefined);
    await this.#worker.terminate();
  }

  #call(name: string, ...given: unknown[]): Promise<SqlResult> {
    if (this.#hasEnded) return Promise.reject(endedError());
    return new Promise((resolve, reject) => {
      // First, because it may refuse: then nobody waits for an answer.
      this.#worker.postMessage([name, ...given]);
      this.#waiting.push({ resolve, reject });
      // It keeps the process alive while somebody waits for it, and not while nobody does.
      this.#worker.ref();
    });
  }

  #answer(message: unknown): void {
    const { result, failure } = answerSchema.parse(message);
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if (failure === undefined) waiting?.resolve(result ?? { rows: [], changes: 0 });
    else waiting?.reject(Object.assign(new Error(failure.message), { code: failure.code }));
  }

  #end(): void {
    this.#hasEnded = true;
    for (const { reject } of this.#waiting.splice(0)) reject(endedError());
  }
}

function endedError(): AdjutantError {
  return new AdjutantError('Internal', 'The thread that writes to the store has ended.', {
    hint: 'Try again: the store is written without it from now on.',
    retryable: true,
  });
}

/** Opens a database file in a thread. It rejects where no thread can be had or the file not be opened. */
export async function openThreadClient(path: string): Promise<SqlClient> {
  const driver = createRequire(import.meta.url).resolve('libsql');
  const worker = new Worker(threadSource, {
    eval: true,
    // Not what this process was started with: it may say that text is a module.
    execArgv: [],
    workerData: { path, driver },
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  // Its first message says that the file is open; `once` rejects at an error.
  const ended = once(worker, 'exit').then(() => {
    throw endedError();
  });
  await Promise.race([once(worker, 'message'), ended]);
  return new ThreadClient(worker);
}
