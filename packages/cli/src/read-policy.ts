import { relative } from 'node:path';
import {
  type CompiledPolicy,
  compilePolicy,
  defaultPolicy,
  type ParsedPolicy,
  parsePolicy,
  policyActionTypes,
  readPolicyText,
} from '@adjutant/core';
import type { CommandContext } from './command-context.ts';
import { findPolicy } from './find-policy.ts';

export interface ReadPolicy {
  compiled: CompiledPolicy;
  /** Null where there is no file, so that the default is meant. */
  file: ParsedPolicy | null;
}

/** Returns the policy of a file, or the default where there is none. @throws AdjutantError `Configuration` */
export async function readPolicy(
  context: CommandContext,
  named: string | undefined,
): Promise<ReadPolicy> {
  const path = await findPolicy(context, named);
  if (path === null) return { compiled: defaultPolicy(), file: null };
  const actionTypes = policyActionTypes();
  const file = await parsePolicy(await readPolicyText(path), {
    fileName: shownPath(context, path),
    actionTypes,
  });
  return { compiled: await compilePolicy(file.policy, actionTypes), file };
}

/** Returns a path as a person here would write it. */
export function shownPath({ io }: CommandContext, path: string): string {
  const near = relative(io.cwd, path);
  return near === '' || near.startsWith('..') ? path : near;
}
