import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@adjutant/core';
import { hasConfig } from '../config/find-config.ts';
import type { Io, OutputPort } from '../io.ts';
import { runProgram } from '../program.ts';
import type { Prompts } from '../prompts.ts';

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  isTty?: boolean;
  columns?: number;
  platform?: NodeJS.Platform;
  /** Default: beside the current folder. */
  homeDirectory?: string | null;
  /** Default: a user that the system does not know. */
  accountHome?: string;
  clock?: Clock;
  prompts?: Prompts;
  /** What a person types unseen, or pipes in. */
  secret?: string;
  signal?: AbortSignal;
  /** Whether the person of this test has trusted the configuration as it stands; she has unless told. */
  hasTrusted?: boolean;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs one command line in this process, in a world of the test's own. */
export async function runCli(argv: readonly string[], options: RunOptions): Promise<RunResult> {
  const { io, written } = ioOf(argv, options);
  if (options.hasTrusted !== false) await trustFor(io);
  return { exitCode: await runProgram(io), ...written };
}

/** Does what a person does once with `adjutant trust`, for the configuration that a command line means. */
export async function trustFor(io: Io): Promise<void> {
  const at = io.argv.indexOf('--config');
  const configPath = at < 0 ? undefined : io.argv[at + 1];
  if (configPath === undefined && !hasConfig(io.cwd)) return;
  const flags = configPath === undefined ? [] : ['--config', configPath];
  await trustShown(io, flags);
}

/** Reads what may be trusted, and trusts exactly that; what a script does for a person who has read it. */
export async function trustShown(io: Io, flags: readonly string[]): Promise<number> {
  let shown = '';
  const read: OutputPort = { ...nowhere, write: (text) => (shown += text) };
  const quiet: Io = { ...io, stdout: nowhere, stderr: nowhere };
  const code = await runProgram({ ...quiet, stdout: read, argv: ['trust', '--json', ...flags] });
  const digest = /"digest":\s*"([0-9a-f]+)"/.exec(shown)?.[1];
  if (digest === undefined) return code;
  return await runProgram({ ...quiet, argv: ['trust', ...flags, '--digest', digest] });
}

const nowhere: OutputPort = { write: () => undefined, isTty: false, columns: undefined };

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
    env: { PATH: process.env['PATH'], XDG_DATA_HOME: dataHomeOf(options.cwd), ...options.env },
    cwd: options.cwd,
    homeDirectory:
      options.homeDirectory === undefined ? dataHomeOf(options.cwd) : options.homeDirectory,
    accountHome: options.accountHome ?? null,
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
  onEnd(() => {
    for (const each of [folder, dataHomeOf(folder)]) rmSync(each, { recursive: true, force: true });
  });
  return folder;
}

/** Returns where the person of a test keeps her data: beside the folder, since what lies in it is not hers. */
export function dataHomeOf(cwd: string): string {
  return `${cwd}.data`;
}
