import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** Whoever reads more of an answer checks it first. */
export interface Answer {
  result?: unknown;
  error?: unknown;
}

/** A program that answers JSON-RPC on its standard streams, one message a line. */
export interface LineClient {
  request(method: string, params?: object): Promise<Answer>;
  notify(method: string): void;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (reason: Error) => void;
}

/** Starts a program of Node's and speaks to it with as little code as will do. */
export function startLineClient(args: readonly string[], cwd: string): LineClient {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ADJUTANT_TRUSTED_CONFIG: join(cwd, 'adjutant.config.yaml') },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map<number, Waiting>();
  const exited = once(child, 'exit');
  readLines(child, (line) => {
    // No schema: what the client costs stands on both sides of a ratio and hides the difference.
    const answer = JSON.parse(line) as Answer & { id?: number };
    if (answer.id !== undefined) waiting.get(answer.id)?.resolve(answer);
  });
  child.once('exit', (code) => {
    const reason = new Error(`${args.join(' ')} ended with ${code} before it answered`);
    for (const { reject } of waiting.values()) reject(reason);
  });
  let last = 0;
  return {
    async request(method, params = {}) {
      const id = (last += 1);
      const answer = await new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      });
      waiting.delete(id);
      if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
      return answer;
    },
    notify: (method) => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method })}\n`);
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

function readLines(
  child: ChildProcessByStdio<Writable, Readable, null>,
  onLine: (line: string) => void,
): void {
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
