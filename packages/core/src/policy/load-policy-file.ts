import { readFile, stat } from 'node:fs/promises';
import { AdjutantError } from '../errors.ts';
import type { ActionTypeInfo } from './action-types.ts';
import { type ParsedPolicy, parsePolicy } from './parse-policy.ts';

/** What a policy file is called. */
export const policyFileName = 'adjutant.policy.yaml';

const largestFileBytes = 1_000_000;

/**
 * Returns the policy of a file. Nothing starts with a broken one.
 * @throws AdjutantError `Configuration` with line and column
 */
export async function loadPolicyFile(
  path: string,
  actionTypes: readonly ActionTypeInfo[],
): Promise<ParsedPolicy> {
  return parsePolicy(await readPolicyText(path), { fileName: path, actionTypes });
}

/** Returns the text of a policy file. @throws AdjutantError `Configuration` */
export async function readPolicyText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size <= largestFileBytes) return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AdjutantError('Configuration', `${path}: the policy cannot be read.`, {
      hint: 'Check the path and its permissions.',
      cause,
    });
  }
  throw new AdjutantError('Configuration', `${path}: the policy is larger than 1 MB.`, {
    hint: 'A policy is a page of text; check the path.',
  });
}
