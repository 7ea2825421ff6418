import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';
import { checkedPath, type FileOwnership, statIfThere } from '../config/checked-file.ts';
import type { Config } from '../config/config-schema.ts';
import type { Capability } from './capabilities.ts';

const policyName = 'adjutant.policy.yaml';
const rulesName = 'rules';
const largestBytes = 1_000_000;
const mostRules = 500;

/**
 * Returns the policy and the rules beside a configuration, each with what is in it: a changed file
 * could permit more, so it is another one.
 * @throws AdjutantError `Configuration` for one that others may change, or that is no file
 */
export function digestsOf({ signals }: Config, folder: string, owner: FileOwnership): Capability[] {
  const policy = join(folder, policyName);
  const rules = resolve(folder, signals?.rules ?? rulesName);
  return [
    ...(isThere(policy) ? [digestOf('policy', policy, owner)] : []),
    ...rulePaths(rules, owner).map((path) => digestOf('rule', path, owner)),
  ];
}

function rulePaths(folder: string, owner: FileOwnership): string[] {
  if (!isThere(folder)) return [];
  const real = checkedPath(folder, owner);
  if (!lstatSync(real).isDirectory()) return [];
  const names = readdirSync(real).filter((name) => /\.ya?ml$/i.test(name));
  if (names.length > mostRules) throw refusal(folder, `holds more than ${mostRules} rules`);
  return names.toSorted().map((name) => join(real, name));
}

function digestOf(kind: 'policy' | 'rule', path: string, owner: FileOwnership): Capability {
  const real = checkedPath(path, owner);
  const found = lstatSync(real);
  if (!found.isFile()) throw refusal(path, 'is no file');
  if (found.size > largestBytes) throw refusal(path, 'is larger than 1 MB');
  const digest = createHash('sha256').update(readFileSync(real)).digest('hex');
  return { kind, what: `${real} (sha256 ${digest})` };
}

function isThere(path: string): boolean {
  return statIfThere(path) !== null;
}

function refusal(path: string, problem: string): AdjutantError {
  return new AdjutantError('Configuration', `${path} ${problem}, so nothing is read from it.`, {
    hint: 'Remove it, or put the file that you mean in its place.',
  });
}
