import type { Clock } from '@adjutant/core';
import type { Prompts } from './prompts.ts';

/** Where text goes. */
export interface OutputPort {
  write(text: string): void;
  readonly isTty: boolean;
  /** Undefined where the other end has no width, such as a pipe. */
  readonly columns: number | undefined;
}

/** How this program was started; what a client needs to start it again. */
export interface Self {
  nodePath: string;
  /** Arguments before the script, such as a condition that picks the sources. */
  nodeArguments: readonly string[];
  scriptPath: string;
  nodeVersion: string;
}

/** All that a command sees of the world outside the SDK. Tests hand in their own. */
export interface Io {
  /** What stands behind the program's name. */
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** What HOME says, or the system where it is not set; null where neither knows one. */
  homeDirectory: string | null;
  /** What the system's user database says, whatever the environment does; null where it knows none. */
  accountHome: string | null;
  platform: NodeJS.Platform;
  stdout: OutputPort;
  stderr: OutputPort;
  isInteractive: boolean;
  /** The machine's own unless given; loaded late, because help needs none. */
  clock?: Clock;
  self: Self;
  /** Aborted when the person at the terminal presses Ctrl-C. */
  signal: AbortSignal;
  /** Whether this process does nothing but run the command, so that its globals are the command's own. */
  ownsProcess: boolean;
  prompts: () => Promise<Prompts>;
  /** Reads one secret: asked for and not shown at a terminal, else all of standard input. Null when cancelled. */
  readSecret?: (message: string) => Promise<string | null>;
}
