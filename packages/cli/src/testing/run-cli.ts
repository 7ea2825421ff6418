import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import type { Io, OutputPort } from '../io.ts';
import { runProgram } from '../program.ts';
import type { Prompts } from '../prompts.ts';

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  isTty?: boolean;
  columns?: number;
  platform?: NodeJS.Platform;
  clock?: Clock;
  prompts?: Prompts;
  /** What a person types unseen, or pipes in. */
  secret?: string;
  signal?: AbortSignal;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs one command line in this process, in a world of the test's own. */
export async function runCli(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  const { io, written } = ioOf(argv, options);
  return { exitCode: await runProgram(io), ...written };
}

/** Returns the world of a test, and what is written into it. */
export function ioOf(
  argv: readonly string[],
  options: RunOptions,
): { io: Io; written: { stdout: string; stderr: string } } {
  const written = { stdout: '', stderr: '' };
  const port = (name: keyof typeof written): OutputPort => ({
    write(text) {
      written[name] += text;
    },
    isTty: options.isTty ?? false,
    columns: options.columns ?? (options.isTty ? 80 : undefined),
  });
  const { prompts } = options;
  const io: Io = {
    argv,
    env: { PATH: process.env['PATH'], XDG_DATA_HOME: join(options.cwd, '.data'), ...options.env },
    cwd: options.cwd,
    homeDirectory: options.cwd,
    platform: options.platform ?? 'linux',
    stdout: port('stdout'),
    stderr: port('stderr'),
    isInteractive: prompts !== undefined,
    self: {
      nodePath: process.execPath,
      nodeArguments: ['--conditions=@adjutant/source'],
      scriptPath: join(import.meta.dirname, '..', 'bin.ts'),
      nodeVersion: process.versions.node,
    },
    signal: options.signal ?? new AbortController().signal,
    ownsProcess: false,
    prompts: async () => {
      if (prompts === undefined) throw new Error('the test has nobody to ask');
      return prompts;
    },
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.secret === undefined ? {} : { readSecret: async () => options.secret ?? null }),
  };
  return { io, written };
}

/** Returns a folder that goes with the test. */
export function temporaryFolder(onEnd: (remove: () => void) => void): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adjutant-cli-')));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
