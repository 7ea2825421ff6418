import type { Clock } from '@adjutant/core';
import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';

/** What every command is handed. */
export interface CommandContext {
  io: Io;
  output: Output;
  clock: Clock;
  /** `--config`, as typed. */
  configPath: string | undefined;
  /** Values that may never be printed; grows as the configuration names more. */
  secrets: string[];
}

/** A command: takes arguments and flags by name, checks them, and returns the exit code. */
export type Command = (context: CommandContext, input: unknown) => Promise<ExitCode>;
