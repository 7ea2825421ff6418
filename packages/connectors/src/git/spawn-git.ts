import { type ChildProcess, spawn } from 'node:child_process';
import { pipeline, Readable } from 'node:stream';
import { AdjutantError } from '@adjutant/core/ports';
import { globalGitArguments } from './git-arguments.ts';
import { gitEnvironment, gitStartFolder } from './git-environment.ts';
import { gitFailed, gitNotStarted, gitTookTooLong } from './git-errors.ts';

const maxStderrBytes = 8_192;
const maxOutputBytes = 64 * 1024 * 1024;

export interface GitCall {
  /** Subcommand and its arguments. Nothing that a repository chose belongs here: see `input`. */
  arguments: readonly string[];
  /** What is read, for error messages. */
  subject: string;
  signal?: AbortSignal | undefined;
  /** Written to the child's input. Object ids go this way, one a line. */
  input?: string | Iterable<Uint8Array> | undefined;
  /** Git is ended after so long. Default: never. */
  mostMs?: number | undefined;
  /** Exit codes that are answers, not failures. Default: only 0. */
  acceptedExitCodes?: readonly number[] | undefined;
}

export interface GitAnswer {
  exitCode: number;
  output: Buffer;
}

/**
 * Starts git and yields its output as it comes. The one place that starts a child process: no shell,
 * an environment without the parent's secrets, the clone's programs switched off. The child is
 * killed when the caller stops reading or aborts.
 * @throws AdjutantError `Configuration` without a git, `Permission`, or `Upstream` when git fails
 */
export async function* streamGit(call: GitCall): AsyncGenerator<Buffer, number> {
  call.signal?.throwIfAborted();
  const cwd = gitStartFolder(process.platform, process.execPath);
  const child = spawn('git', [...globalGitArguments(), ...call.arguments], {
    ...(cwd === null ? {} : { cwd }),
    env: gitEnvironment(process.env),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const ended = whenEnded(child);
  const stderr = collectStderr(child);
  const onAbort = (): void => void child.kill('SIGKILL');
  call.signal?.addEventListener('abort', onAbort, { once: true });
  const limit = limitOf(child, call);
  try {
    // Without a process there is only the reason why there is none.
    if (child.pid === undefined) await ended;
    feed(child, call.input);
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const exitCode = await ended;
    call.signal?.throwIfAborted();
    if (limit.isOver()) throw gitTookTooLong(call.subject);
    if ((call.acceptedExitCodes ?? [0]).includes(exitCode ?? -1)) return exitCode ?? -1;
    throw gitFailed({ subject: call.subject, exitCode, stderr: stderr() });
  } catch (error) {
    call.signal?.throwIfAborted();
    throw error;
  } finally {
    limit.lift();
    call.signal?.removeEventListener('abort', onAbort);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    // A child that never started has no end to wait for beyond its error.
    await ended.catch(() => undefined);
  }
}

function limitOf(
  child: ChildProcess,
  { mostMs }: Pick<GitCall, 'mostMs'>,
): { isOver: () => boolean; lift: () => void } {
  let isOver = false;
  const end = (): void => {
    isOver = true;
    child.kill('SIGKILL');
  };
  const timer = mostMs === undefined ? undefined : setTimeout(end, mostMs);
  return { isOver: () => isOver, lift: () => clearTimeout(timer) };
}

/** Runs git to its end and returns what it printed, which must be small. */
export async function runGit(call: GitCall): Promise<GitAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const stream = streamGit(call);
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return { exitCode: value, output: Buffer.concat(chunks) };
    length += value.length;
    if (length > maxOutputBytes) {
      await stream.return(-1);
      throw new AdjutantError('Upstream', `git printed more than expected about ${call.subject}.`, {
        source: 'git',
        hint: 'The repository may be damaged; run "git fsck" in it.',
      });
    }
    chunks.push(value);
  }
}

function whenEnded(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(gitNotStarted(error)));
    child.once('close', (code) => resolve(code));
  });
  // Awaited later; until then a failure to start must not count as unhandled.
  ended.catch(() => undefined);
  return ended;
}

function collectStderr(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  child.stderr?.on('data', (chunk: Buffer) => {
    if (length < maxStderrBytes) chunks.push(chunk.subarray(0, maxStderrBytes - length));
    length += chunk.length;
  });
  child.stderr?.on('error', () => undefined);
  return () => Buffer.concat(chunks).toString('utf8');
}

function feed(child: ChildProcess, input: GitCall['input']): void {
  const { stdin } = child;
  if (stdin === null) return;
  // A child that ended early closes its input; what it said tells why.
  stdin.on('error', () => undefined);
  if (input === undefined) stdin.end();
  else if (typeof input === 'string') stdin.end(input);
  else pipeline(Readable.from(input), stdin, (error) => void (error && child.kill('SIGKILL')));
}
