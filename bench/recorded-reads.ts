// What the store's driver is asked for while something runs, so that the same rows can be read again
// without us: the floor of work that reads much.
import Libsql from 'libsql';

export interface RecordedRead {
  text: string;
  parameters: readonly unknown[];
}

interface Statement {
  raw(): Statement;
  all(...parameters: unknown[]): unknown[];
  get(...parameters: unknown[]): unknown;
}

interface Preparing {
  prepare: (this: Preparing, text: string) => Statement;
}

export interface ReadRecorder {
  /** Returns the queries that some work asks for, in their order. */
  during(work: () => Promise<unknown>): Promise<readonly RecordedRead[]>;
  /** Leaves the driver as it was, for connections opened from now on. */
  end(): void;
}

/** Watches every connection opened from now on: statements stay prepared, so it cannot begin later. */
export function recordReads(): ReadRecorder {
  const driver = Libsql.prototype as unknown as Preparing;
  const prepare = driver.prepare;
  let kept: RecordedRead[] | null = null;
  driver.prepare = function prepareRecorded(this: Preparing, text: string): Statement {
    const statement = prepare.call(this, text);
    // What one connection keeps for itself is no row of the store, and no other connection has it.
    if (!/^\s*(?:select|with)\b/i.test(text) || /\btemp\./.test(text)) return statement;
    for (const method of ['all', 'get'] as const) {
      const run = statement[method].bind(statement);
      statement[method] = (...parameters: unknown[]): never => {
        kept?.push({ text, parameters });
        return run(...parameters) as never;
      };
    }
    return statement;
  };
  return {
    async during(work) {
      const reads: RecordedRead[] = [];
      kept = reads;
      await work();
      kept = null;
      return reads;
    },
    end() {
      driver.prepare = prepare;
    },
  };
}

/** Reads the same again from a file, each query once, by statements that are prepared already. */
export function replayer(
  path: string,
  reads: readonly RecordedRead[],
): { read(): void; close(): void } {
  const database = new Libsql(path);
  const driver = database as unknown as Preparing;
  const statements = new Map<string, Statement>();
  for (const { text } of reads) {
    if (!statements.has(text)) statements.set(text, driver.prepare(text).raw());
  }
  return {
    read(): void {
      for (const { text, parameters } of reads) statements.get(text)?.all(...parameters);
    },
    close(): void {
      database.close();
    },
  };
}
