import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { exitCodes } from './exit-codes.ts';
import type { Io, OutputPort } from './io.ts';

/** Returns the world of this process. */
export function createProcessIo(): Io {
  const { stdout, stderr, stdin, env } = process;
  // A reader that has gone away ("| head") is no failure of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  });
  return {
    argv: process.argv.slice(2),
    env,
    cwd: process.cwd(),
    homeDirectory: orNull(homedir),
    accountHome: orNull(() => userInfo().homedir),
    platform: process.platform,
    stdout: port(stdout),
    stderr: port(stderr),
    isInteractive: stdin.isTTY && stderr.isTTY,
    self: {
      nodePath: process.execPath,
      nodeArguments: process.execArgv.filter((argument) => argument.startsWith('--conditions')),
      scriptPath: realpathSync(process.argv[1] ?? ''),
      nodeVersion: process.versions.node,
    },
    signal: interruption(),
    ownsProcess: true,
    prompts: async () => (await import('./clack-prompts.ts')).createClackPrompts(),
    readSecret: async (message) =>
      stdin.isTTY
        ? (await import('./clack-prompts.ts')).askSecret(message)
        : (await import('./read-all.ts')).readAll(stdin),
  };
}

/** A container may run as a user that its system does not know. */
function orNull(ask: () => string): string | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

/** Whatever its type in Node says, `isTTY` is absent in a pipe. */
type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns'> & { isTTY?: boolean | undefined };

function port(stream: Stream): OutputPort {
  return {
    write: (text) => void stream.write(text),
    get isTty() {
      return stream.isTTY ?? false;
    },
    get columns() {
      return stream.columns;
    },
  };
}

/** The first Ctrl-C asks for an orderly end; the second one does not wait for it. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (!controller.signal.aborted) return controller.abort();
    // Not `process.exit`, which would end threads that are in the middle of the database.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    process.kill(process.pid, signal);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
