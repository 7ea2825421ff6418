import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from '../command-context.ts';
import { capabilitiesOf, type Capability } from '../trust/capabilities.ts';
import { requireTrust } from '../trust/require-trust.ts';
import { anyUser, thisUser } from './checked-file.ts';
import { configError } from './config-error.ts';
import { type Config, configSchema } from './config-schema.ts';
import { dataFolder, ensurePrivateFolder } from './data-folder.ts';
import { findConfig } from './find-config.ts';
import { requireOwnDataFolder } from './own-data-folder.ts';
import { parseConfig } from './parse-config.ts';

const largestFileBytes = 1_000_000;

export interface LoadedConfig {
  /** Where the file really lies. Null where there is none: then nothing but the user's own store is there. */
  path: string | null;
  /** What relative paths in the file are relative to. */
  folder: string;
  config: Config;
  /** Names of the environment variables that the file refers to. */
  variables: string[];
  /** What it would read, contact, write and change; a person has to agree to it once. */
  capabilities: Capability[];
  /** Whether the environment names the file as trusted. */
  isNamed: boolean;
}

/**
 * Returns the configuration that holds here, once a person has trusted what it may do; asked at a
 * terminal where nobody has. Nothing is opened, made or contacted before.
 * @throws AdjutantError `Configuration` with file, line and column, `NotTrusted`
 */
export async function loadConfig(
  context: CommandContext,
  options: { ask: boolean } = { ask: true },
): Promise<LoadedConfig> {
  const read = readConfig(context);
  if (read.path === null) ensurePrivateFolder(read.folder);
  else await requireTrust(context, { ...read, path: read.path }, options);
  return read;
}

/**
 * Returns the configuration that holds here without believing it: for whoever shows it.
 * @throws AdjutantError `Configuration` with file, line and column, or where the data folder is not the
 * user's own
 */
export function readConfig(context: CommandContext): LoadedConfig {
  const found = findConfig(context.io, context.configPath);
  // Who names a configuration in the environment vouches for what lies around it, as in a container.
  if (found?.isNamed !== true) {
    requireOwnDataFolder(context.io, found === null ? null : dirname(found.path));
  }
  if (found === null) {
    const folder = dataFolder(context.io);
    const config = configSchema.parse({ store: join(folder, 'adjutant.db') });
    return { path: null, folder, config, variables: [], capabilities: [], isNamed: false };
  }
  const { path, isNamed } = found;
  const { config, variables, secrets } = parseConfig(readText(path), path, context.io.env);
  context.secrets.push(...secrets);
  const folder = dirname(path);
  const capabilities = capabilitiesOf({ config, folder, owner: isNamed ? anyUser : thisUser() });
  return { path, folder, config, variables, capabilities, isNamed };
}

/** Reads at most so much, from a file and nothing else: a pipe would be waited for. */
function readText(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = fstatSync(file);
      if (!fstatSync(file).isFile()) throw tooOdd(path, 'is no file');
      if (size > largestFileBytes) throw tooOdd(path, 'is larger than 1 MB');
      const bytes = Buffer.alloc(size);
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, size, 0));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    if (AdjutantError.isInstance(cause)) throw cause;
    throw configError(path, 'the file cannot be read.', 'Check its permissions.', cause);
  }
}

function tooOdd(path: string, problem: string): AdjutantError {
  return configError(
    path,
    `the file ${problem}.`,
    'A configuration is a page of text; check the path.',
  );
}
