import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { policyFileName } from '@adjutant/core';
import type { CommandContext } from './command-context.ts';
import { findConfig } from './config/find-config.ts';

/**
 * Returns the policy file that is asked for: the named one, else the one beside the configuration,
 * else the nearest upward; null where there is none.
 */
export function findPolicy(
  { io, configPath }: CommandContext,
  named: string | undefined,
): string | null {
  if (named !== undefined) return resolve(io.cwd, named);
  const config = findConfig(io.cwd, configPath);
  if (config !== null) {
    const beside = join(dirname(config), policyFileName);
    return existsSync(beside) ? beside : null;
  }
  for (let folder = resolve(io.cwd); ; folder = dirname(folder)) {
    const path = join(folder, policyFileName);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return null;
  }
}
