import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type AdjutantOptions,
  configureSignals,
  readSignalRules,
  type SignalRuleFile,
  loadSignalRules,
} from '@adjutant/core';
import { shippedRules } from '@adjutant/insights';
import type { CommandContext } from './command-context.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { shownPath } from './read-policy.ts';

const defaultFolder = 'rules';

/** Returns the folder of rules in YAML that a configuration has; null where there is none. */
export function rulesFolder({ path, folder, config }: LoadedConfig): string | null {
  const named = config.signals?.rules;
  if (named !== undefined) return resolve(folder, named);
  const beside = join(folder, defaultFolder);
  return path !== null && existsSync(beside) ? beside : null;
}

/**
 * Returns the rules that came with the product and those of the folder, tuned as the configuration
 * says, as options of `createAdjutant`. @throws AdjutantError `Configuration` for one that is wrong
 */
export async function signalsIn(
  context: CommandContext,
  loaded: LoadedConfig,
): Promise<Pick<AdjutantOptions, 'signals' | 'proposeForSignals'>> {
  const { params, off, propose } = loaded.config.signals ?? {};
  const folder = rulesFolder(loaded);
  const nameOf = (path: string): string => shownPath(context, path);
  const own = folder === null ? [] : await loadSignalRules(folder, { nameOf });
  const signals = configureSignals([...shippedRules, ...own], {
    ...(params === undefined ? {} : { params }),
    ...(off === undefined ? {} : { off }),
    ...(propose === undefined ? {} : { propose }),
  });
  return { signals, proposeForSignals: propose ?? [] };
}

/** Returns every file of the folder with what is wrong with it; none where there is no folder. */
export async function ruleFilesIn(
  context: CommandContext,
  loaded: LoadedConfig,
): Promise<SignalRuleFile[]> {
  const folder = rulesFolder(loaded);
  if (folder === null) return [];
  return readSignalRules(folder, { nameOf: (path) => shownPath(context, path) });
}
