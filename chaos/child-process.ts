import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compileCache = join(tmpdir(), 'adjutant-chaos-compiled');

export interface Child {
  process: ChildProcess;
  /** Resolves with what the child reports at its end; rejects where it fails. */
  report: Promise<Record<string, unknown>>;
  /** Resolves with the exit, however it came. */
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a child and waits until it says that it is ready. */
export async function startChild(name: string, args: readonly string[]): Promise<Child> {
  const child = fork(join(import.meta.dirname, 'children', `${name}.ts`), args, {
    execArgv: ['--conditions=@adjutant/source', '--disable-warning=ExperimentalWarning'],
    // What the first one compiles, a hundred others need not.
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit').then((ended) => {
    const [code, signal] = ended as [number | null, NodeJS.Signals | null];
    return { code, signal };
  });
  const report = new Promise<Record<string, unknown>>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null) {
        resolve({ ...message });
      }
    });
    void exit.then(({ code, signal }) =>
      reject(new Error(`${name} ended with ${signal ?? code} and no report`)),
    );
  });
  // A killed child has nobody waiting for its report.
  report.catch(() => undefined);
  // One that cannot even start says nothing; whoever waits must be told.
  await Promise.race([once(child, 'message'), exit.then(() => report)]);
  return { process: child, report, exit };
}

/** Tells a child to begin, or to stop; with words, what to do. */
export function tell(child: Child, ...words: readonly string[]): void {
  child.process.send(words.length === 0 ? 'go' : words);
}
