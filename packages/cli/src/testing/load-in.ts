import { systemClock } from '@adjutant/core/ports';
import type { CommandContext } from '../command-context.ts';
import { type LoadedConfig, readConfig } from '../config/load-config.ts';
import type { Io, OutputPort } from '../io.ts';
import { createOutput } from '../output.ts';
import { dataHomeOf } from './run-cli.ts';

const nowhere: OutputPort = { write: () => undefined, isTty: false, columns: undefined };

/** Loads the configuration that holds in a folder. */
export function loadIn(
  cwd: string,
  env: Record<string, string> = {},
): { loaded: LoadedConfig; secrets: string[] } {
  const io: Io = {
    argv: [],
    env: { XDG_DATA_HOME: dataHomeOf(cwd), ...env },
    cwd,
    homeDirectory: cwd,
    accountHome: null,
    platform: 'linux',
    stdout: nowhere,
    stderr: nowhere,
    isInteractive: false,
    self: { nodePath: '', nodeArguments: [], scriptPath: '', nodeVersion: '24.0.0' },
    signal: new AbortController().signal,
    ownsProcess: false,
    prompts: () => Promise.reject(new Error('nobody to ask')),
  };
  const output = createOutput(io, { json: false, color: false });
  const context: CommandContext = {
    io,
    output,
    clock: systemClock,
    configPath: undefined,
    secrets: [],
  };
  return { loaded: readConfig(context), secrets: context.secrets };
}
