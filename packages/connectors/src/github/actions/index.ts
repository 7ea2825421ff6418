import type { AnyActionDefinition } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { prMerge } from './pr-merge.ts';

/** Returns what can be changed at GitHub, each only through an approved action. */
export function githubActions(config: GithubConfig): readonly AnyActionDefinition[] {
  return [prMerge(config)];
}
